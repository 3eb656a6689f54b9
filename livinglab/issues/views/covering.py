"""Cover faces and number plates in a photo that is stored already."""

import uuid

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from livinglab.issues.covering import boxes_of, cells
from livinglab.issues.models import Photo
from livinglab.issues.models.scope import worked_on_by
from livinglab.issues.phone_words import cover_words
from livinglab.issues.services.photos import cover_places
from livinglab.kernel.errors import Refused
from livinglab.people.http import person_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The photo with rectangles to draw; the reporter and the city may."""
    person = person_of(request)
    theirs = Q(issue__reporter=person) | worked_on_by(person, "issue__")
    photo = get_object_or_404(
        Photo.objects.filter(theirs).select_related("issue"), key=key
    )
    up_url = reverse("issues:issue", args=[photo.issue_id])
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
