"""Faces covered in a photo that is stored already, or the photo taken back."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.issues.covering import boxes_of, cells
from livinglab.issues.models import Photo
from livinglab.issues.models.photos import taken_by
from livinglab.issues.models.scope import worked_on_by
from livinglab.issues.phone_words import cover_words
from livinglab.issues.services.photos import cover_places, remove_photo
from livinglab.kernel.errors import Refused
from livinglab.people.http import person_of
from livinglab.people.models import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The photo with rectangles to draw; whoever sent it and the city may."""
    person = person_of(request)
    photo = _of(person, key)
    up_url = _way_back(photo, person)
    context = {
        "photo": photo,
        "cells": cells(),
        "cover_props": {"words": cover_words()},
        "up_url": up_url,
    }
    if request.method != "POST":
        return render(request, "issues/cover.html", context)
    try:
        cover_places(photo, boxes_of(request.POST.getlist("box")), by=person)
    except Refused as refusal:
        context["refused"] = str(refusal)
        return render(request, "issues/cover.html", context, status=refusal.status)
    return redirect(up_url)


@login_required
@require_POST
def remove(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A photo goes for good, with all its files."""
    person = person_of(request)
    photo = _of(person, key)
    up_url = _way_back(photo, person)
    remove_photo(photo, by=person)
    messages.success(request, _("The photo is gone."))
    return redirect(up_url)


def _of(person: Person, key: uuid.UUID) -> Photo:
    """A photo of a report that this person sent or works on; else there is none."""
    theirs = taken_by(person) | worked_on_by(person, "issue__")
    photos = Photo.objects.filter(theirs, issue__isnull=False)
    found: Photo = get_object_or_404(photos.select_related("issue", "change"), key=key)
    return found


def _way_back(photo: Photo, person: Person) -> str:
    """To one's report; whoever came from the desk goes back there."""
    page = (
        "issues:issue" if photo.is_taken_by(person.pk) else "admin:issues_issue_change"
    )
    return reverse(page, args=[photo.issue_id])
