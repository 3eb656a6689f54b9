"""Reports in every state a resident meets, made by the verbs residents use."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from livinglab.issues.demo.pictures import drawn
from livinglab.issues.models import Category, Issue
from livinglab.issues.services import answering
from livinglab.issues.services.following import follow_place, support_issue
from livinglab.issues.services.merging import merge_issue
from livinglab.issues.services.photos import add_photo
from livinglab.issues.services.reporting import Said, report_issue
from livinglab.issues.services.verdicts import plan_verdicts
from livinglab.issues.services.voices import add_word
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood

# name: kind, words, picture, metres to the east
TOLD = {
    "hole": ("pothole", "횡단보도 앞 차도가 깊게 파여서 비가 오면 보이지 않아요.", 0),
    "light": ("street_light", "가로등이 사흘째 꺼져 있어요. 밤에 무서워요.", 80),
    "drain": ("drain", "빗물받이가 낙엽으로 막혀서 길에 물이 고여요.", 160),
    "stones": ("pavement", "보도블록이 들떠서 유아차가 걸려요.", 240),
    "tree": ("tree", "가지가 부러져서 간판에 걸려 있어요.", 320),
    "waste": ("waste", "전봇대 밑에 쓰레기봉투가 열흘째 쌓여 있어요.", 400),
    "twin": ("pothole", "횡단보도 앞에 구멍이 있어요", 8),
}


def reports(
    bora: Person, other: Person, admin: Person, place: Neighbourhood
) -> dict[str, int]:
    """Fresh, asked, fixed and judged, hidden, merged, with words of a neighbour."""
    made = {name: _report(name, bora, place) for name in TOLD}
    hole, light, drain, stones = (
        made[name] for name in ("hole", "light", "drain", "stones")
    )
    support_issue(hole, by=other)
    hole.refresh_from_db()
    answering.answer_issue(
        hole, "in_progress", words="현장을 확인했어요. 이번 주에 메워요.", by=admin
    )
    add_word(Issue.objects.get(pk=hole.pk), "오늘 보니 더 커졌어요.", by=other)
    answering.answer_issue(
        drain, "waiting", words="학교 정문 쪽인가요, 후문 쪽인가요?", by=admin
    )
    closing = answering.answer_issue(
        light, "resolved", words="전등을 새것으로 바꿨어요.", by=admin
    )
    plan_verdicts(closing)
    answering.hide_issue(
        stones, "private", words="사진에 집 번호가 보여서 가렸어요.", by=admin
    )
    merge_issue(made["twin"], Issue.objects.get(pk=hole.pk), by=admin)
    late = timezone.localdate() - timedelta(days=5)
    Issue.objects.filter(pk=made["waste"].pk).update(due_on=late)
    follow_place(place.name, neighbourhood=place, by=bora)
    street = follow_place(
        "우리 집 앞 길", point=(place.centre_lon, place.centre_lat), by=bora
    )
    photo = str(made["hole"].photos.get().key)
    ids = {name: issue.pk for name, issue in made.items()}
    return ids | {"street": street.pk, "photo": photo}


def _report(name: str, by: Person, place: Neighbourhood) -> Issue:
    code, words, metres = TOLD[name]
    kind = Category.objects.get(city=place.city, code=code)
    must = kind.questions.filter(is_required=True)
    said = Said(
        category=kind,
        answers={one.code: [next(iter(one.choice_names()))] for one in must},
        lon=place.centre_lon + metres / 88_000,
        lat=place.centre_lat,
        place_from=Issue.PlaceFrom.DEVICE,
        words=words,
        address="정왕대로 233 앞",
    )
    issue = report_issue(said, by=by).issue
    photo, _clean = add_photo(
        issue, BytesIO(drawn(code, issue.pk)), size=1, alt="제보한 곳의 모습"
    )
    if name != "tree":
        photo.is_public = True
        photo.save(update_fields=["is_public"])
    return issue
