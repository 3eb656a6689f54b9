"""파일: give one, look at what was understood, say yes, see its fate."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from livinglab.energy.forms.uploads import FileForm
from livinglab.energy.models import Premises, Upload
from livinglab.energy.selectors.home_stand import uploads_stand
from livinglab.energy.services.uploads import (
    answer_upload,
    confirm_upload,
    keep_upload,
    withdraw_upload,
)
from livinglab.energy.words import reader as reader_words
from livinglab.energy.words.understood import preview_of
from livinglab.kernel.http import wants_fragment
from livinglab.kernel.kept_parts import kept_part
from livinglab.kernel.pace import keep_pace
from livinglab.people.http import person_of
from livinglab.people.models import Person

SHOWN = 50
MEGABYTE = 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file; what was understood is shown on its own page."""
    person = person_of(request)
    home = get_object_or_404(Premises.objects.visible_to(person), pk=pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        keep_pace("energy.give_file", person.pk)
        file = form.cleaned_data["file"]
        upload = keep_upload(home, file, name=file.name, by=person)
        return redirect("energy:upload", upload.pk)
    context = {"home": home, "form": form, "file_words": _file_words()}
    status = 422 if form.errors else 200
    return render(request, "energy/add_file.html", context, status=status)


def _file_words() -> dict[str, Any]:
    limit = settings.USAGE_FILE_MAX_BYTES
    return {
        "maxBytes": limit,
        "chosen": _("%(name)s · %(size)s"),
        "tooLarge": _("%(size)s is more than the 20 MB that can be sent at once."),
    }


@require_safe
@login_required
def upload_list(request: HttpRequest) -> HttpResponse:
    """My uploads: the newest first, each with its fate."""
    person = person_of(request)
    facts = ("uploads", person.pk, uploads_stand(person, most=SHOWN))
    body = kept_part(facts, partial(_list, person))
    return render(request, "energy/upload_list.html", {"body": body})


def _list(person: Person) -> str:
    uploads = _uploads_of(person)[:SHOWN]
    return render_to_string("energy/_upload_list.html", {"uploads": uploads})


@require_safe
@login_required
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its preview, its questions, or what became of it."""
    person = person_of(request)
    found = get_object_or_404(_uploads_of(person), pk=pk)
    context = {"upload": found, **_said(found)}
    name = "energy/_upload.html" if wants_fragment(request) else "energy/upload.html"
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    return response


def _said(found: Upload) -> dict[str, Any]:
    return {
        "preview": preview_of(found.understood) if found.understood else None,
        "said": [reader_words.message(message) for message in found.messages],
        "steps": [_("Choose"), _("Look"), _("Import")],
    }


def _uploads_of(person: Person) -> Any:
    return Upload.objects.visible_to(person).select_related("premises")


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what only the person can know; the preview is made again."""
    person = person_of(request)
    found = get_object_or_404(_uploads_of(person), pk=pk)
    asked = [question["code"] for question in found.understood.get("questions", [])]
    answers = {code: request.POST[code] for code in asked if request.POST.get(code)}
    if answers:
        answer_upload(found, answers=answers, by=person)
    else:
        messages.warning(request, _("Please choose an answer."))
    return redirect("energy:upload", pk)


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes: read it and keep it."""
    person = person_of(request)
    confirm_upload(get_object_or_404(_uploads_of(person), pk=pk), by=person)
    return redirect("energy:upload", pk)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """No: nothing of the file stays."""
    person = person_of(request)
    found = get_object_or_404(_uploads_of(person), pk=pk)
    withdraw_upload(found, by=person)
    messages.success(request, _("The file is gone; nothing was stored."))
    return redirect("energy:add-to", found.premises_id)
