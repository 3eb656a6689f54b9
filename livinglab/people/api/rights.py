"""One's own data as JSON: profile, consents, looks, downloads, leaving."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.people import selectors, services
from livinglab.people.authentication import SessionAuthentication
from livinglab.people.consent_texts import TEXTS
from livinglab.people.download_file import file_of
from livinglab.people.http import oneself, person_of
from livinglab.people.models import Download, Person
from livinglab.people.proof import require_proof
from livinglab.people.serializers import (
    AgreedIn,
    DataReadPageOut,
    DownloadOut,
    LeaveIn,
    LeavingOut,
    ProfileIO,
    ProofOut,
    PurposeOut,
    PurposeWithHistoryOut,
)
from livinglab.people.services.downloads import ask_download
from livinglab.people.services.leaving import ask_to_leave, leaving_questions, stay
from livinglab.people.services.profile import change_profile

PAGE = 50

PROFILE = {"name": "보라네", "neighbourhood": "4139059100", "language": "ko"}
PURPOSE = {
    "purpose": "comparison",
    "label": "나와 비슷한 집과 비교",
    "is_on": True,
    "is_required": False,
    "asks_again": False,
    "text": {
        "version": "2026-11",
        "since": "2026-11-01",
        "what": "다른 집과 나란히 놓고 보는 우리집의 크기, 사람 수, 난방이에요.",
        "why": "나와 비슷한 집은 어떤지 보여 드리려고요.",
        "how_long": "동의하는 동안이에요. 따로 저장하는 것은 없어요.",
        "on_withdrawal": "우리집이 어떤 비교에도 나오지 않아요.",
        "changed": "",
    },
}
SAID = {"is_yes": True, "at": "2026-11-01T09:00:00+09:00", "version": "2026-11"}
READ = {
    "what": "우리집 사용량",
    "why": "관리 화면",
    "reader_as": "coordinator",
    "reader": None,
    "city": "siheung",
    "read_at": "2026-11-20T10:12:00+09:00",
}
DOWNLOAD = {
    "id": 12,
    "state": "ready",
    "asked_at": "2026-11-20T10:00:00+09:00",
    "ready_at": "2026-11-20T10:01:00+09:00",
    "expires_at": "2026-11-27T10:01:00+09:00",
    "size": 482113,
}
NUMBER = "7K4MX2Q9TBW3HCRD5VZN"
LEAVING = {
    "is_leaving": False,
    "number": None,
    "erase_at": None,
    "questions": [
        {
            "key": "home:17",
            "words": "우리집: 이웃님도 함께 속해 있어요.",
            "options": {"pass_on": "집은 남아요.", "erase": "나와 함께 지워요."},
            "usual": "pass_on",
        }
    ],
}
PROOF = {
    "number": NUMBER,
    "state": "erased",
    "asked_on": "2026-11-23",
    "erased_on": "2026-11-30",
    "gone": [{"what": "energy.Premises", "words": "집과 시설", "count": 1}],
    "kept": [
        {
            "code": "access_log",
            "what": "직원이 정보를 언제 열람했는지(이름 없이)",
            "why": "직원이 개인정보를 열람한 일은 점검할 수 있어야 해요.",
            "basis": "개인정보의 안전성 확보조치 기준 제8조",
            "is_law": True,
            "count": 2,
            "until": "2028-11-20",
        }
    ],
}


def _shown(name: str, value: Any, status: str = "200") -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=[status])


def _sent(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


class MyProfile(APIView):
    """GET, PATCH /api/v1/me/profile/: name, neighbourhood, language."""

    @extend_schema(responses=ProfileIO, examples=[_shown("A profile", PROFILE)])
    def get(self, request: Request) -> Response:
        return Response(ProfileIO(_profile(person_of(request))).data)

    @extend_schema(
        request=ProfileIO,
        responses=ProfileIO,
        examples=[_sent("A new name", {"name": "보라네"}), _shown("Now", PROFILE)],
    )
    def patch(self, request: Request) -> Response:
        person = person_of(request)
        sent = ProfileIO(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        change_profile(person, sent.validated_data)
        return Response(ProfileIO(_profile(person)).data)


def _profile(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "neighbourhood": person.neighbourhood,
        "language": person.language,
    }


class MyConsents(APIView):
    """GET /api/v1/me/consents/: every purpose, its words, and whether it stands."""

    @extend_schema(
        responses=PurposeOut(many=True), examples=[_shown("A purpose", PURPOSE)]
    )
    def get(self, request: Request) -> Response:
        lines = selectors.consent_lines(person_of(request))
        return Response(PurposeOut(lines, many=True).data)


class MyConsent(APIView):
    """GET, PUT /api/v1/me/consents/{purpose}/: one purpose with every yes and no."""

    @extend_schema(
        responses=PurposeWithHistoryOut,
        examples=[_shown("With its history", {**PURPOSE, "history": [SAID]})],
    )
    def get(self, request: Request, purpose: str) -> Response:
        return Response(_with_history(person_of(request), purpose))

    @extend_schema(
        request=AgreedIn,
        responses=PurposeWithHistoryOut,
        examples=[
            _sent("A no; what hung on it is erased", {"agreed": False}),
            _shown("Now", {**PURPOSE, "is_on": False, "history": [SAID]}),
        ],
    )
    def put(self, request: Request, purpose: str) -> Response:
        person = person_of(request)
        _known(purpose)
        sent = AgreedIn(data=request.data)
        sent.is_valid(raise_exception=True)
        if sent.validated_data["agreed"]:
            services.give_consent(person, purpose)
        else:
            services.withdraw_consent(person, purpose)
        return Response(_with_history(person, purpose))


def _known(purpose: str) -> None:
    if purpose not in TEXTS:
        raise Http404


def _with_history(person: Person, purpose: str) -> Any:
    _known(purpose)
    lines = selectors.consent_lines(person)
    line = next(line for line in lines if line.purpose == purpose)
    history = selectors.said_about(person, purpose)
    told = PurposeOut(line).data
    return PurposeWithHistoryOut({**told, "history": history}).data


class MyReads(APIView):
    """GET /api/v1/me/reads/: who looked at my data, newest first."""

    @extend_schema(
        parameters=[
            OpenApiParameter("who", str, enum=["staff", "helper"]),
            OpenApiParameter("page", int),
        ],
        responses=DataReadPageOut,
        examples=[_shown("A page", {"page": 1, "pages": 1, "results": [READ]})],
    )
    def get(self, request: Request) -> Response:
        who = request.query_params.get("who", "")
        found = selectors.data_reads(person_of(request), who)
        page = Paginator(found, PAGE).get_page(request.query_params.get("page"))
        told = {
            "page": page.number,
            "pages": page.paginator.num_pages,
            "results": page.object_list,
        }
        return Response(DataReadPageOut(told).data)


class MyDownloads(APIView):
    """GET, POST /api/v1/me/downloads/: everything in one file, one at a time."""

    @extend_schema(
        responses=DownloadOut(many=True), examples=[_shown("Ready", DOWNLOAD)]
    )
    def get(self, request: Request) -> Response:
        rows = Download.objects.visible_to(person_of(request))[:PAGE]
        return Response(DownloadOut(rows, many=True).data)

    @extend_schema(
        request=None,
        responses={201: DownloadOut},
        examples=[
            _shown(
                "Asked for",
                {**DOWNLOAD, "state": "due", "ready_at": None, "size": None},
                "201",
            )
        ],
    )
    def post(self, request: Request) -> Response:
        download = ask_download(person_of(request))
        return Response(DownloadOut(download).data, status=201)


class MyDownloadFile(APIView):
    """GET /api/v1/me/downloads/{id}/file/: the zip, after a fresh proof.

    Only from a signed-in browser: a token cannot carry everything away.
    """

    authentication_classes = [SessionAuthentication]

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> FileResponse:
        person = person_of(request)
        get_object_or_404(Download.objects.visible_to(person), pk=pk)
        require_proof(request)
        return file_of(person, pk)


class MyLeaving(APIView):
    """GET, POST, DELETE /api/v1/me/leaving/: ask to leave, or think again.

    Only from a signed-in browser, and after a fresh proof.
    """

    authentication_classes = [SessionAuthentication]

    @extend_schema(responses=LeavingOut, examples=[_shown("Before asking", LEAVING)])
    def get(self, request: Request) -> Response:
        return Response(_leaving_of(_alone(request)))

    @extend_schema(
        request=LeaveIn,
        responses={201: LeavingOut},
        examples=[
            _sent("The home stays", {"answers": {"home:17": "pass_on"}}),
            _shown(
                "Asked; signed out everywhere",
                {
                    "is_leaving": True,
                    "number": NUMBER,
                    "erase_at": "2026-11-30T10:00:00+09:00",
                    "questions": [],
                },
                "201",
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        person = person_of(request)
        require_proof(request)
        sent = LeaveIn(data=request.data)
        sent.is_valid(raise_exception=True)
        ask_to_leave(person, answers=sent.validated_data.get("answers"))
        return Response(_leaving_of(person), status=201)

    @extend_schema(
        responses={200: LeavingOut}, examples=[_shown("Stays after all", LEAVING)]
    )
    def delete(self, request: Request) -> Response:
        person = _alone(request)
        stay(person)
        return Response(_leaving_of(person))


def _alone(request: Request) -> Person:
    """Oneself also while leaving, but never in somebody's name."""
    person = oneself(request)
    return person if person.is_leaving else person_of(request)


def _leaving_of(person: Person) -> Any:
    leaving = person.leaving if person.is_leaving else None
    return LeavingOut(
        {
            "is_leaving": person.is_leaving,
            "number": leaving and leaving.number,
            "erase_at": leaving and leaving.erase_at,
            "questions": [] if leaving else leaving_questions(person),
        }
    ).data


class ProofOfLeaving(APIView):
    """GET /api/v1/leaving/{number}/: what went and what stays, for who knows it."""

    permission_classes = [AllowAny]

    @extend_schema(responses=ProofOut, examples=[_shown("A proof", PROOF)])
    def get(self, request: Request, number: str) -> Response:
        told = selectors.proof_of_leaving(number)
        if told is None:
            raise Http404
        return Response(ProofOut(told).data)
