"""How a device shows whose it is: a token of its own, good for its meter alone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from livinglab.energy.models import Device
from livinglab.energy.services.devices import device_of


class DeviceAuthentication(BaseAuthentication):
    """`Authorization: Token …` with the token shown when the device was added."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Device] | None:
        words = get_authorization_header(request).split()
        if len(words) != 2 or words[0].lower() != b"token":
            return None
        device = device_of(words[1].decode("ascii", "replace"))
        if device is None:
            raise AuthenticationFailed(_("This device's token is not valid."))
        return AnonymousUser(), device

    def authenticate_header(self, request: Request) -> str:
        return "Token"


class IsDevice(BasePermission):
    """Only devices; a person's token opens other doors."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, Device)


class DeviceThrottle(SimpleRateThrottle):
    """A device that sends ever faster is slowed down by itself, not with others."""

    scope = "device"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if not isinstance(request.auth, Device):
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.auth.pk}


class DeviceScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "livinglab.energy.device_auth.DeviceAuthentication"
    name = "device"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Authorization: Token …`, shown once when a device is "
            "added at `/api/v1/premises/{id}/devices/`.",
        }
