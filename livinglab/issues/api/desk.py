"""What a coordinator does with a report, for a city's own software."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.issues.api.one import SHOWN, issue_of, said, shown
from livinglab.issues.models import Department, Issue
from livinglab.issues.serializers.desk import (
    AnswerIn,
    HideIn,
    MergeIn,
    PromiseIn,
    RouteIn,
    SeenIn,
)
from livinglab.issues.serializers.one import IssueOut
from livinglab.issues.services import answering, merging
from livinglab.people.http import person_of
from livinglab.people.models import Person


def _do(
    request: Request,
    pk: int,
    form: type[SeenIn],
    verb: Callable[[Issue, dict[str, Any], Person], object],
) -> Response:
    """Ask a verb of the service, and show the report as it is then."""
    person, issue = person_of(request), issue_of(request, pk)
    sent = form(data=request.data)
    sent.is_valid(raise_exception=True)
    verb(issue, dict(sent.validated_data), person)
    return shown(pk, person)


class Answer(APIView):
    """POST says where the report stands, in words its followers read."""

    @extend_schema(
        request=AnswerIn,
        responses=IssueOut,
        examples=said({"state": "planned", "words": "다음 주에 메워요.", "seen": 3}),
    )
    def post(self, request: Request, pk: int) -> Response:
        return _do(
            request,
            pk,
            AnswerIn,
            lambda issue, facts, by: answering.answer_issue(issue, **facts, by=by),
        )


class Routing(APIView):
    """POST sends an open report to another department of the same city."""

    @extend_schema(
        request=RouteIn,
        responses=IssueOut,
        examples=said({"department": "parks", "words": "공원녹지과가 살펴요."}),
    )
    def post(self, request: Request, pk: int) -> Response:
        return _do(request, pk, RouteIn, _route)


def _route(issue: Issue, facts: dict[str, Any], by: Person) -> None:
    code = facts.pop("department")
    places = Department.objects.filter(city=issue.city_id)
    answering.route_issue(issue, get_object_or_404(places, code=code), **facts, by=by)


class Promise(APIView):
    """POST promises a later day, with the reason its followers are told."""

    @extend_schema(
        request=PromiseIn,
        responses=IssueOut,
        examples=said({"due_on": "2026-12-20", "words": "부품을 기다려요."}),
    )
    def post(self, request: Request, pk: int) -> Response:
        return _do(request, pk, PromiseIn, _extend)


def _extend(issue: Issue, facts: dict[str, Any], by: Person) -> None:
    reason, due_on = facts.pop("words"), facts.pop("due_on")
    answering.extend_promise(issue, due_on, reason, **facts, by=by)


class Merging(APIView):
    """POST closes a report as known from another one; its followers go over."""

    @extend_schema(
        request=MergeIn, responses=IssueOut, examples=said({"original": 3990})
    )
    def post(self, request: Request, pk: int) -> Response:
        return _do(request, pk, MergeIn, _merge)


def _merge(issue: Issue, facts: dict[str, Any], by: Person) -> None:
    seen = Issue.objects.visible_to(by)
    original = get_object_or_404(seen, pk=facts.pop("original"))
    merging.merge_issue(issue, original, **facts, by=by)


class Hiding(APIView):
    """POST takes a report out of sight, its author is told why; DELETE shows it."""

    @extend_schema(
        request=HideIn,
        responses=IssueOut,
        examples=said({"hidden": "private", "words": "전화번호가 보여요."}),
    )
    def post(self, request: Request, pk: int) -> Response:
        return _do(
            request,
            pk,
            HideIn,
            lambda issue, facts, by: answering.hide_issue(
                issue, facts.pop("hidden"), **facts, by=by
            ),
        )

    @extend_schema(request=None, responses={200: IssueOut}, examples=[SHOWN])
    def delete(self, request: Request, pk: int) -> Response:
        person, issue = person_of(request), issue_of(request, pk)
        answering.show_issue(issue, by=person)
        return shown(pk, person)
