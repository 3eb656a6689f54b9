"""One report: read it, stand behind it, say what is new, take it back."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.issues.api.examples import ONE, PHOTO, SENT
from livinglab.issues.http import paced_guest
from livinglab.issues.models import Change, Issue, Photo
from livinglab.issues.selectors.doors import is_near
from livinglab.issues.selectors.story import (
    page_of,
    questions_of,
    story_of,
    texts_out_of_sight,
)
from livinglab.issues.selectors.story_rows import Rows
from livinglab.issues.serializers.one import IssueOut, PhotoOut
from livinglab.issues.serializers.verbs import (
    ClaimIn,
    CoverIn,
    MetIn,
    UpdateIn,
    VerdictIn,
    WordsIn,
)
from livinglab.issues.services import answering, following, sending, voices
from livinglab.issues.services.appeals import appeal_blanking, appeal_hiding
from livinglab.issues.services.photos import cover_places, remove_photo
from livinglab.issues.services.reads import THROUGH_THE_API, note_read
from livinglab.issues.services.reporting import claim_issue
from livinglab.kernel.pace import keep_pace
from livinglab.kernel.parsers import JSONParser
from livinglab.people.authentication import TokenAuthentication, VisitorAuthentication
from livinglab.people.http import person_of, visitor_of
from livinglab.people.models import Person
from livinglab.people.once import ONCE, once, require_owner

FILES = [MultiPartParser, FormParser, JSONParser]
SHOWN = OpenApiExample("The report", value=ONE, response_only=True)


def said(value: dict[str, Any]) -> list[OpenApiExample]:
    """What is sent, and the report as it is afterwards."""
    return [OpenApiExample("Sent", value=value, request_only=True), SHOWN]


def with_files(serializer: Any) -> dict[str, Any]:
    return {"multipart/form-data": serializer, "application/json": serializer}


class OneReport(APIView):
    """GET one report with its timeline; what is not public, for whom it concerns."""

    permission_classes = [AllowAny]

    @extend_schema(responses=IssueOut, examples=[SHOWN])
    def get(self, request: Request, pk: int) -> Response:
        return shown(pk, visitor_of(request))


class Support(APIView):
    """POST "I met it too", perhaps with a word or photos of today; counts once.

    A guest's counts from the sign-in on; until then the rest waits, seen by nobody.
    """

    authentication_classes = [TokenAuthentication, VisitorAuthentication]
    permission_classes = [AllowAny]
    parser_classes = FILES

    @extend_schema(
        parameters=ONCE,
        request=with_files(MetIn),
        responses=IssueOut,
        examples=said({"alts": ["오늘도 그대로예요"]}),
    )
    def post(self, request: Request, pk: int) -> Response:
        if request.user.is_authenticated:
            return self._support(request, pk)
        require_owner(request)
        guest = paced_guest(request._request)
        sent = _valid(MetIn(data=request.data))
        issue = get_object_or_404(Issue.objects.public(), pk=pk)
        words, photos = sent.validated_data["words"], sent.sent_photos()
        sending.meet_with_photos(issue, photos, words=words, guest=guest)
        return shown(pk, None)

    @once
    def _support(self, request: Request, pk: int) -> Response:
        person, issue = _paced(request), issue_of(request, pk)
        sent = _valid(MetIn(data=request.data))
        words, photos = sent.validated_data["words"], sent.sent_photos()
        sending.support_with_photos(issue, photos, words=words, by=person)
        return shown(pk, person)


class Following(APIView):
    """POST to be told what becomes of it, DELETE to hear no more."""

    @extend_schema(request=None, responses=IssueOut, examples=[SHOWN])
    def post(self, request: Request, pk: int) -> Response:
        person = person_of(request)
        following.follow_issue(issue_of(request, pk), by=person)
        return shown(pk, person)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        following.unfollow_issue(issue_of(request, pk), by=person_of(request))
        return Response(status=204)


class Updates(APIView):
    """POST what is new, by whoever reported or follows it; up to two photos."""

    parser_classes = FILES

    @extend_schema(
        parameters=ONCE,
        request=with_files(UpdateIn),
        responses=IssueOut,
        examples=said({"words": "비가 와서 더 깊어졌어요."}),
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        person, issue = _paced(request), issue_of(request, pk)
        sent = _valid(UpdateIn(data=request.data))
        words = sent.validated_data["words"]
        voices.add_word(issue, words, photos=sent.sent_photos(), by=person)
        return shown(pk, person)


class Withdrawal(APIView):
    """POST takes one's own report back; its page stays without the words."""

    @extend_schema(
        request=WordsIn, responses=IssueOut, examples=said({"words": "해결됐어요."})
    )
    def post(self, request: Request, pk: int) -> Response:
        person, issue = person_of(request), issue_of(request, pk)
        sent = _valid(WordsIn(data=request.data))
        answering.withdraw_issue(issue, words=sent.validated_data["words"], by=person)
        return shown(pk, person)


class Reply(APIView):
    """POST answers what the city asked the reporter; the clock goes on."""

    @extend_schema(
        request=WordsIn,
        responses=IssueOut,
        examples=said({"words": "놀이터 쪽이에요."}),
    )
    def post(self, request: Request, pk: int) -> Response:
        person, issue = person_of(request), issue_of(request, pk)
        sent = _valid(WordsIn(data=request.data))
        words = sent.validated_data["words"]
        answering.reply_to_question(issue, words, by=person)
        return shown(pk, person)


class Objection(APIView):
    """POST objects to hiding one's own report; somebody of the city decides."""

    @extend_schema(
        request=WordsIn,
        responses=IssueOut,
        examples=said({"words": "광고가 아니라 가게 앞 도로 이야기예요."}),
    )
    def post(self, request: Request, pk: int) -> Response:
        person, issue = person_of(request), issue_of(request, pk)
        sent = _valid(WordsIn(data=request.data))
        appeal_hiding(issue, sent.validated_data["words"], by=person)
        return shown(pk, person)


class TextObjection(APIView):
    """POST objects to taking a text of one's own out of sight."""

    @extend_schema(
        request=WordsIn,
        responses=IssueOut,
        examples=said({"words": "가게 이름이지 사람 이름이 아니에요."}),
    )
    def post(self, request: Request, pk: int, word_pk: int) -> Response:
        person, issue = person_of(request), issue_of(request, pk)
        theirs = Change.objects.filter(issue=issue, by=person, by_city=False)
        word = get_object_or_404(theirs, pk=word_pk)
        sent = _valid(WordsIn(data=request.data))
        appeal_blanking(word, sent.validated_data["words"], by=person)
        return shown(pk, person)


class Reopening(APIView):
    """POST says why a closed report is not dealt with; it is open again."""

    @extend_schema(
        request=WordsIn,
        responses=IssueOut,
        examples=said({"words": "시 땅이라고 들었어요."}),
    )
    def post(self, request: Request, pk: int) -> Response:
        person, issue = person_of(request), issue_of(request, pk)
        sent = _valid(WordsIn(data=request.data))
        answering.reopen_issue(issue, sent.validated_data["words"], by=person)
        return shown(pk, person)


class Claim(APIView):
    """POST makes what one sent as a guest one's own, by the key of its sending."""

    @extend_schema(
        request=ClaimIn, responses=IssueOut, examples=said({"key": SENT["key"]})
    )
    def post(self, request: Request) -> Response:
        person = person_of(request)
        sent = _valid(ClaimIn(data=request.data))
        issue = claim_issue(sent.validated_data["key"], by=person)
        return shown(issue.pk, person)


class IsItFixed(APIView):
    """POST answers "is it fixed?" of the last closing; 404 where nobody asks."""

    parser_classes = FILES

    @extend_schema(
        request=with_files(VerdictIn),
        responses=IssueOut,
        examples=said({"answer": "no", "words": "아직 파여 있어요.", "stars": 2}),
    )
    def post(self, request: Request, pk: int) -> Response:
        person, issue = _paced(request), issue_of(request, pk)
        sent = _valid(VerdictIn(data=request.data))
        facts = sent.validated_data
        question = questions_of(person).filter(issue=issue).first()
        if question is None:
            raise Http404
        voices.say_whether_fixed(
            question,
            facts["answer"],
            words=facts["words"],
            stars=facts.get("stars"),
            photos=sent.sent_photos(),
            by=person,
        )
        return shown(pk, person)


class Photos(APIView):
    """POST photos one forgot to one's own report: private until somebody looked."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        parameters=ONCE,
        request={"multipart/form-data": UpdateIn},
        responses=IssueOut,
        examples=[SHOWN],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        person, issue = _paced(request), issue_of(request, pk)
        sent = _valid(UpdateIn(data=request.data))
        sending.add_own_photos(issue, sent.sent_photos(), by=person)
        return shown(pk, person)


class OnePhoto(APIView):
    """DELETE a photo of one's own report, and its files."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, pk: int, key: Any) -> Response:
        photo = photo_of(request, pk, key)
        remove_photo(photo, by=person_of(request))
        return Response(status=204)


class Covering(APIView):
    """POST makes faces and number plates unrecognisable in the stored pixels."""

    @extend_schema(
        request=CoverIn,
        responses=PhotoOut,
        examples=[
            OpenApiExample(
                "A face", value={"boxes": [[0.4, 0.2, 0.5, 0.35]]}, request_only=True
            ),
            OpenApiExample("Covered", value=PHOTO, response_only=True),
        ],
    )
    def post(self, request: Request, pk: int, key: Any) -> Response:
        photo, person = photo_of(request, pk, key), _paced(request)
        boxes = _valid(CoverIn(data=request.data)).validated_data["boxes"]
        covered = cover_places(photo, [tuple(box) for box in boxes], by=person)
        return Response(PhotoOut(covered).data)


def issue_of(request: Request, pk: int) -> Issue:
    """A report the caller may read; else there is none."""
    found: Issue = get_object_or_404(
        Issue.objects.visible_to(person_of(request)), pk=pk
    )
    return found


def photo_of(request: Request, pk: int, key: Any) -> Photo:
    issue = issue_of(request, pk)
    found: Photo = get_object_or_404(
        Photo.objects.select_related("issue"), issue=issue, key=key
    )
    return found


def shown(pk: int, person: Person | None) -> Response:
    """The report as its reader may know it."""
    issue = get_object_or_404(page_of(pk, person))
    note_read(issue, by=person, where=THROUGH_THE_API)
    near = person is not None and is_near(issue, person)
    rows = Rows(issue, person)
    context = {
        "person": person,
        "is_near": near,
        "story": story_of(rows, is_near=near),
        "texts_away": texts_out_of_sight(rows),
    }
    return Response(IssueOut(issue, context=context).data)


def _paced(request: Request) -> Person:
    person = person_of(request)
    keep_pace("issues.send", person.pk)
    return person


def _valid(sent: Any) -> Any:
    sent.is_valid(raise_exception=True)
    return sent
