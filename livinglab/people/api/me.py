"""The signed-in person and their token, as JSON."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from knox.models import AuthToken
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.kernel.pace import keep_pace
from livinglab.people.authentication import SessionAuthentication
from livinglab.people.http import person_of
from livinglab.people.proof import require_proof
from livinglab.people.second_factor import require_second_factor
from livinglab.people.serializers import MeOut, NewTokenOut


class Me(APIView):
    """GET /api/v1/me/ says who the caller is and what they agreed to."""

    @extend_schema(
        responses=MeOut,
        examples=[
            OpenApiExample(
                "A resident",
                value={
                    "id": 7,
                    "email": "resident@example.org",
                    "name": "보라네",
                    "language": "ko",
                    "neighbourhood": "4139059100",
                    "roles": ["resident"],
                    "consents": [
                        {
                            "purpose": "energy",
                            "version": "2026-11",
                            "given_at": "2026-11-01T09:00:00+09:00",
                            "withdrawn_at": None,
                        }
                    ],
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        person = person_of(request)
        return Response(
            MeOut(
                {
                    "id": person.pk,
                    "email": person.email,
                    "name": person.name,
                    "language": person.language,
                    "neighbourhood": person.neighbourhood and person.neighbourhood.code,
                    "roles": [role.kind for role in person.roles.all()],
                    "consents": person.consents.all(),
                }
            ).data
        )


class MyTokens(APIView):
    """POST /api/v1/me/tokens/ makes a token for the caller's own software.

    Only from a signed-in browser: a token cannot make more tokens.
    """

    authentication_classes = [SessionAuthentication]

    @extend_schema(
        request=None,
        responses={201: NewTokenOut},
        examples=[
            OpenApiExample(
                "A token, shown once",
                value={"token": "9c0f…", "expiry": None},
                response_only=True,
                status_codes=["201"],
            )
        ],
    )
    def post(self, request: Request) -> Response:
        require_proof(request)
        person = person_of(request)
        require_second_factor(person)
        keep_pace("people.make_token", person.pk)
        instance, token = AuthToken.objects.create(user=person)
        return Response(
            NewTokenOut({"token": token, "expiry": instance.expiry}).data, status=201
        )

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Every token of the caller stops working."""
        AuthToken.objects.filter(user=person_of(request)).delete()
        return Response(status=204)
