"""Between a confirmed address and being signed in: the questions of a sign-up.

Until the last one is answered nobody is signed in, so an unfinished account can do
nothing and whoever stops here is a visitor as before.
"""

from typing import Any

from allauth.account.internal.stagekit import stash_login
from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from livinglab.people.services.sign_ups import lacks_consent

KEY = "welcome"
FIRST_PAGE = "people:welcome-place"


class WelcomeStage(LoginStage):  # type: ignore[misc]
    """Place, age and consents, asked once; and again when the words changed."""

    key = KEY
    urlname = FIRST_PAGE

    def handle(self) -> tuple[HttpResponseRedirect | None, bool]:
        person = self.login.user
        if person is None or not lacks_consent(person):
            return None, True
        return HttpResponseRedirect(reverse(FIRST_PAGE)), True


def said_so_far(request: HttpRequest) -> dict[str, Any]:
    """What was answered on the pages before; going back shows it again."""
    stage: Any = request._login_stage  # type: ignore[attr-defined]
    answers: dict[str, Any] = stage.state
    return answers


def keep_answer(request: HttpRequest, **answers: Any) -> None:
    """Note an answer until the last page is sent."""
    stage: Any = request._login_stage  # type: ignore[attr-defined]
    stage.state.update(answers)
    stash_login(request, stage.login)
