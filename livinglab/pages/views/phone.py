"""What makes the site an app: worker, manifest, the pages a phone has when offline."""

import json
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from livinglab.kernel.shell import (
    offline_shortcuts,
    public_patterns,
    shell_paths,
    takers,
)
from livinglab.pages.manifest import manifest
from livinglab.people.http import whose_phone


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The built worker, after what it must know: pages it may keep, files it takes."""
    path = Path(settings.FRONTEND_DIST) / "sw.js"
    if not path.is_file():
        raise Http404
    known = {
        "pages": public_patterns(),
        "shell": shell_paths(),
        "takers": [
            {"accept": one.accept, "page": one.page, "several": one.takes_several}
            for one in takers()
        ],
    }
    script = f"self.lab={json.dumps(known)};\n{path.read_text()}"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@require_GET
def web_manifest(request: HttpRequest) -> HttpResponse:
    """In the language its address names; browsers ask for it without cookies."""
    wanted = request.GET.get("lang", settings.LANGUAGE_CODE)
    known = {code for code, _name in settings.LANGUAGES}
    language = wanted if wanted in known else settings.LANGUAGE_CODE
    with translation.override(language):
        response = JsonResponse(
            manifest(),
            content_type="application/manifest+json",
            json_dumps_params={"ensure_ascii": False},
        )
    response["Cache-Control"] = "public, max-age=3600"
    response["Content-Language"] = language
    return response


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What can be done without a network."""
    return render(request, "pages/offline.html", {"doable": offline_shortcuts()})


@require_GET
@ensure_csrf_cookie
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits on this phone; the phone itself fills the list."""
    return render(request, "pages/outbox.html", {"doable": offline_shortcuts()})


@require_GET
@never_cache
def who(request: HttpRequest) -> JsonResponse:
    """Who is signed in now, and a fresh token: asked before anything is sent again."""
    body = {"who": whose_phone(request), "csrf": get_token(request)}
    return JsonResponse(body)
