"""Reports on a coordinator's desk, made by the verbs residents use.

`python -m tests.journeys.desk_people` prints the session of a coordinator and the
numbers of reports in the states a desk knows.
"""

import json
from datetime import timedelta
from io import BytesIO

import django

django.setup()

from django.utils import timezone  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

from livinglab.issues.models import Category, Issue  # noqa: E402
from livinglab.issues.services.answering import (  # noqa: E402
    answer_issue,
    hide_issue,
    note_internally,
)
from livinglab.issues.services.appeals import appeal_hiding  # noqa: E402
from livinglab.issues.services.photos import add_photo  # noqa: E402
from livinglab.issues.services.reporting import Said, report_issue  # noqa: E402
from livinglab.issues.services.voices import add_word  # noqa: E402
from livinglab.people.models import Person  # noqa: E402
from livinglab.places.models import City, Neighbourhood  # noqa: E402
from tests import make  # noqa: E402
from tests.journeys.cast import session_of  # noqa: E402

STREETS = [
    (
        "pothole",
        "횡단보도 앞 차도가 깊게 파였어요. 비가 오면 물이 고여서 보이지 않아요.",
        0,
    ),
    ("pothole", "횡단보도 앞에 큰 구멍이 있어요", 12),
    ("street_light", "가로등이 사흘째 꺼져 있어서 밤에 어두워요", 60),
    ("drain", "빗물받이가 낙엽으로 막혔어요", 150),
    ("park", "놀이터 그네 줄이 끊어질 것 같아요. 아이들이 계속 타고 있어요.", 260),
    ("pavement", "보도블록이 들떠서 유아차가 걸려요", 400),
    (
        "street_light",
        "무료 카지노 이벤트 https://example.com/a",
        500,
    ),
]


def picture(colour: str) -> BytesIO:
    """A drawn photo: road, sky, and a dark hole."""
    image = Image.new("RGB", (1200, 900), "#9fb8cf")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 420, 1200, 900), fill="#6b6f75")
    draw.polygon([(520, 420), (680, 420), (860, 900), (340, 900)], fill="#7c8087")
    draw.ellipse((440, 600, 760, 760), fill=colour)
    file = BytesIO()
    image.save(file, "JPEG", quality=88)
    file.seek(0)
    return file


def reports(bora: Person, place: Neighbourhood) -> list[Issue]:
    city = place.city
    made = []
    for code, words, metres in STREETS:
        kind = Category.objects.get(city=city, code=code)
        must = kind.questions.filter(is_required=True)
        said = Said(
            category=kind,
            answers={one.code: [next(iter(one.choice_names()))] for one in must},
            lon=place.centre_lon + metres / 88_000,
            lat=place.centre_lat,
            place_from=Issue.PlaceFrom.DEVICE,
            words=words,
            address="정왕대로 233 앞",
            phone="010-1234-5678",
        )
        made.append(report_issue(said, by=bora).issue)
    return made


def build() -> dict[str, object]:
    city = City.objects.get(code="siheung")
    place = Neighbourhood.objects.filter(city=city, name_ko="정왕1동").get()
    bora = make.resident("desk-resident@example.org", name="보라네")
    admin = make.staff("desk@example.org", kind="coordinator", city=city)
    Person.objects.filter(pk=admin.pk).update(name="김담당")
    second = make.staff("desk2@example.org", kind="coordinator", city=city)
    Person.objects.filter(pk=second.pk).update(name="이담당")
    hole, twin, light, drain, swing, stones, spam = reports(bora, place)
    for colour in ("#2b2d30", "#3d2b20"):
        add_photo(hole, picture(colour), size=1, alt="파인 차도")
    answer_issue(light, "in_progress", words="현장을 보고 있어요.", by=admin)
    note_internally(light, "한전에 기둥 번호 물어봄", by=admin)
    answer_issue(drain, "waiting", words="기둥 번호를 알려 주세요.", by=admin)
    add_word(swing, "앞집 김씨가 그랬대요.", by=bora)
    hide_issue(stones, "private", words="이름이 보여서 숨겼어요.", by=admin)
    appeal_hiding(stones, "이름은 제 가게 이름이에요.", by=bora)
    late = timezone.localdate() - timedelta(days=6)
    Issue.objects.filter(pk=swing.pk).update(answer_due_on=late, due_on=late)
    return {
        "coordinator": session_of(admin),
        "second": session_of(second),
        "resident": session_of(bora),
        "issues": {
            "hole": hole.pk, "twin": twin.pk, "light": light.pk, "drain": drain.pk,
            "swing": swing.pk, "stones": stones.pk, "spam": spam.pk,
        },
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(build()))
