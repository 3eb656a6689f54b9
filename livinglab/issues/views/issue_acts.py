"""What residents do with a report: each a press of a button on its page."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from livinglab.issues.http import (
    IN_ANOTHER_NAME,
    View,
    named_on_page,
    posted,
    require_writer,
    token_refused,
)
from livinglab.issues.models import Change, Issue, Verdict
from livinglab.issues.selectors.story import page_of
from livinglab.issues.services import answering, following, voices
from livinglab.issues.services.appeals import appeal_blanking, appeal_hiding
from livinglab.issues.services.photos import SentPhoto
from livinglab.issues.services.unsent import (
    drop_all_unsent,
    drop_unsent,
    keep_unsent,
    unsent_photos,
)
from livinglab.issues.views.issue import Refusal, show
from livinglab.kernel.errors import NotAllowed, Refused
from livinglab.kernel.pace import keep_pace
from livinglab.people.http import person_of, visitor_of
from livinglab.people.models import Person

Act = Callable[[Any, Person], object]
TYPED = ("words", "alt", "answer", "stars")


def _do(
    request: HttpRequest, pk: int, act: Act, done: str, form: str = ""
) -> HttpResponse:
    """Do it and come back; refused, the page keeps what was typed into the form."""
    person = person_of(request)
    issue = get_object_or_404(page_of(pk, person))
    try:
        require_writer(request, person)
        act(issue, person)
    except NotAllowed:
        raise
    except Refused as refusal:
        if form and request.FILES:
            with suppress(Refused):  # too much is kept: the reason matters more
                _keep(request, issue, form, person)
        again = get_object_or_404(page_of(pk, person))
        return show(request, again, person, Refusal(refusal, form))
    if form:
        drop_unsent(issue, form, by=person)
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


def _all_photos(
    request: HttpRequest, issue: Any, form: str, person: Person
) -> list[SentPhoto]:
    """Those that waited, without what was left out, and the new ones."""
    out = request.POST.getlist("drop")
    waited = unsent_photos(issue, form, without=out, by=person)
    return [*waited, *_photos(request)]


def _keep(request: HttpRequest, issue: Any, form: str, person: Person) -> bool:
    typed = {name: request.POST[name] for name in TYPED if name in request.POST}
    return keep_unsent(issue, form, typed, _photos(request), by=person)


def typed_into(form: str) -> Callable[[View], View]:
    """A form of the report's page. Signed out meanwhile, its words wait.

    So they do when its token is an old one, as after a sign-in in another tab: whose
    page it was is signed, and nobody else's form can name it.
    """

    def taking(view: View) -> View:
        signed_in = login_required(posted(to="issues:issue")(view))

        @wraps(view)
        def taken(request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
            name = form.format(**named)
            if request.method != "POST":
                return signed_in(request, pk=pk, **named)
            refused = token_refused(request)
            if refused and named_on_page(request) is None:
                return refused
            if refused or not request.user.is_authenticated:
                return _wait(request, pk, name)
            return signed_in(request, pk=pk, **named)

        return csrf_exempt(taken)  # asked for above

    return taking


def _wait(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """To the sign-in and back to the form, with what was typed."""
    there = f"{reverse('issues:issue', args=[pk])}#{form}"
    person = named_on_page(request)
    seen = Issue.objects.visible_to(person).filter(pk=pk) if person else None
    issue = seen.first() if seen is not None else None
    if person is not None and issue is not None:
        keep_pace("issues.add_word", person.pk)
        if not _keep(request, issue, form, person):
            messages.warning(request, _("Please choose the photo once more."))
        _say_where(request, person)
    if request.user.is_authenticated:
        return redirect(there)
    return redirect_to_login(there)


def _say_where(request: HttpRequest, person: Person) -> None:
    """Where the words wait, for whoever is here now."""
    here = visitor_of(request)
    if here is None:
        said = _("You were signed out meanwhile. Sign in again: your words are there.")
    elif here.pk == person.pk:
        said = _("This page was too old. Your words are there: please send them again.")
    else:
        said = str(IN_ANOTHER_NAME)
    messages.info(request, said)


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


@typed_into("word")
def add_word(request: HttpRequest, pk: int) -> HttpResponse:
    """What is new, in words or as a photo."""
    words, done = _words(request), _("Added. Photos are shown once somebody looked.")

    def act(issue: Any, person: Person) -> object:
        keep_pace("issues.add_word", person.pk)
        photos = _all_photos(request, issue, "word", person)
        return voices.add_word(issue, words, photos=photos, by=person)

    return _do(request, pk, act, done, "word")


@typed_into("reply")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer to what the city asked."""
    words = _words(request)
    done = _("Thank you. The city goes on with it.")

    def act(issue: Any, person: Person) -> object:
        return answering.reply_to_question(issue, words, by=person)

    return _do(request, pk, act, done, "reply")


@typed_into("withdraw")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The reporter takes it back."""
    words = _words(request)
    done = _("Withdrawn. Its words and photos are not shown any more.")

    def act(issue: Any, person: Person) -> object:
        return answering.withdraw_issue(issue, words=words, by=person)

    return _do(request, pk, act, done, "withdraw")


@typed_into("reopen")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not dealt with: open again."""
    words = _words(request)
    done = _("The report is open again. The city has been told.")

    def act(issue: Any, person: Person) -> object:
        return answering.reopen_issue(issue, words, by=person)

    return _do(request, pk, act, done, "reopen")


@typed_into("object")
def object_to_hiding(request: HttpRequest, pk: int) -> HttpResponse:
    """The author says why it should be seen."""
    words = _words(request)
    done = _("Your objection has arrived. Somebody looks at it.")

    def act(issue: Any, person: Person) -> object:
        return appeal_hiding(issue, words, by=person)

    return _do(request, pk, act, done, "object")


@typed_into("object-word-{word}")
def object_to_blanking(request: HttpRequest, pk: int, word: int) -> HttpResponse:
    """Who added a text says why it should be seen."""
    theirs = Change.objects.filter(by=person_of(request), by_city=False, issue=pk)
    change = get_object_or_404(theirs, pk=word)
    words = _words(request)
    done = _("Your objection has arrived. Somebody looks at it.")

    def act(_issue: Any, person: Person) -> object:
        return appeal_blanking(change, words, by=person)

    return _do(request, pk, act, done, f"object-word-{word}")


@typed_into("fixed")
def answer_question(request: HttpRequest, pk: int) -> HttpResponse:
    """고쳐졌나요?"""
    asked = request.POST.get("question", "")
    theirs = Verdict.objects.select_related("issue__category").filter(
        person=person_of(request), issue=pk
    )
    is_number = asked.isdecimal() and len(asked) < 16
    verdict = get_object_or_404(theirs, pk=asked if is_number else None)
    stars = request.POST.get("stars", "")

    def act(issue: Any, person: Person) -> object:
        return voices.say_whether_fixed(
            verdict,
            request.POST.get("answer", ""),
            words=_words(request),
            stars=int(stars) if stars.isdecimal() and len(stars) == 1 else None,
            photos=_all_photos(request, issue, "fixed", person),
            by=person,
        )

    return _do(request, pk, act, _("Thank you for looking."), "fixed")


@login_required
@posted(to="issues:issue")
def let_unsent_go(request: HttpRequest, pk: int) -> HttpResponse:
    """What waited on the page is not wanted."""
    person = person_of(request)
    issue = get_object_or_404(Issue.objects.visible_to(person), pk=pk)
    if drop_all_unsent(issue, by=person):
        messages.success(request, _("Discarded."))
    return redirect("issues:issue", pk)
