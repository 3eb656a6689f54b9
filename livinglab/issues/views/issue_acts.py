"""What residents do with a report: each a press of a button on its page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from livinglab.issues.http import posted
from livinglab.issues.models import Change, Verdict
from livinglab.issues.selectors.story import page_of
from livinglab.issues.services import answering, following, voices
from livinglab.issues.services.appeals import appeal_blanking, appeal_hiding
from livinglab.issues.services.photos import SentPhoto
from livinglab.issues.views.issue import show
from livinglab.kernel.errors import NotAllowed, Refused
from livinglab.kernel.pace import keep_pace
from livinglab.people.http import person_of
from livinglab.people.models import Person

Act = Callable[[Any, Person], object]


def _do(request: HttpRequest, pk: int, act: Act, done: str) -> HttpResponse:
    """Do it and come back; refused, the page keeps what was typed."""
    person = person_of(request)
    issue = get_object_or_404(page_of(pk, person))
    try:
        act(issue, person)
    except NotAllowed:
        raise
    except Refused as refusal:
        return show(request, get_object_or_404(page_of(pk, person)), person, refusal)
    messages.success(request, done)
    return redirect("issues:issue", pk)


def _words(request: HttpRequest) -> str:
    return request.POST.get("words", "")


def _photos(request: HttpRequest) -> list[SentPhoto]:
    alt = request.POST.get("alt", "")
    return [
        SentPhoto(file=file, size=file.size or 0, alt=alt)
        for file in request.FILES.getlist("photos")
    ]


@login_required
@posted(to="issues:issue")
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """나도 겪었어요."""
    done = _("Noted. You hear what becomes of it.")
    return _do(request, pk, lambda i, p: following.support_issue(i, by=p), done)


@login_required
@posted(to="issues:issue")
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("You hear what becomes of it.")
    return _do(request, pk, lambda i, p: following.follow_issue(i, by=p), done)


@login_required
@posted(to="issues:issue")
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("You hear no more of this report.")
    return _do(request, pk, lambda i, p: following.unfollow_issue(i, by=p), done)


@login_required
@posted(to="issues:issue")
def add_word(request: HttpRequest, pk: int) -> HttpResponse:
    """What is new, in words or as a photo."""
    words, photos = _words(request), _photos(request)

    def act(issue: Any, person: Person) -> object:
        keep_pace("issues.add_word", person.pk)
        return voices.add_word(issue, words, photos=photos, by=person)

    return _do(request, pk, act, _("Added. Photos are shown once somebody looked."))


@login_required
@posted(to="issues:issue")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer to what the city asked."""
    words = _words(request)
    done = _("Thank you. The city goes on with it.")
    return _do(
        request, pk, lambda i, p: answering.reply_to_question(i, words, by=p), done
    )


@login_required
@posted(to="issues:issue")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The reporter takes it back."""
    words = _words(request)
    done = _("Withdrawn. Its words and photos are not shown any more.")
    return _do(
        request, pk, lambda i, p: answering.withdraw_issue(i, words=words, by=p), done
    )


@login_required
@posted(to="issues:issue")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not dealt with: open again."""
    words = _words(request)
    done = _("The report is open again. The city has been told.")
    return _do(request, pk, lambda i, p: answering.reopen_issue(i, words, by=p), done)


@login_required
@posted(to="issues:issue")
def object_to_hiding(request: HttpRequest, pk: int) -> HttpResponse:
    """The author says why it should be seen."""
    words = _words(request)
    done = _("Your objection has arrived. Somebody looks at it.")
    return _do(request, pk, lambda i, p: appeal_hiding(i, words, by=p), done)


@login_required
@posted(to="issues:issue")
def object_to_blanking(request: HttpRequest, pk: int, word: int) -> HttpResponse:
    """Who added a text says why it should be seen."""
    theirs = Change.objects.filter(by=person_of(request), by_city=False, issue=pk)
    change = get_object_or_404(theirs, pk=word)
    words = _words(request)
    done = _("Your objection has arrived. Somebody looks at it.")
    return _do(request, pk, lambda _i, p: appeal_blanking(change, words, by=p), done)


@login_required
@posted(to="issues:issue")
def answer_question(request: HttpRequest, pk: int) -> HttpResponse:
    """고쳐졌나요?"""
    asked = request.POST.get("question", "")
    theirs = Verdict.objects.select_related("issue__category").filter(
        person=person_of(request), issue=pk
    )
    is_number = asked.isdecimal() and len(asked) < 16
    verdict = get_object_or_404(theirs, pk=asked if is_number else None)
    stars = request.POST.get("stars", "")

    def act(_issue: Any, person: Person) -> object:
        return voices.say_whether_fixed(
            verdict,
            request.POST.get("answer", ""),
            words=_words(request),
            stars=int(stars) if stars.isdecimal() and len(stars) == 1 else None,
            photos=_photos(request),
            by=person,
        )

    return _do(request, pk, act, _("Thank you for looking."))
