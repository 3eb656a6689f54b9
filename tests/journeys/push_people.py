"""`python -m tests.journeys.push_people`: somebody with a home who never sleeps.

Prints the session and the home as JSON.
"""

import json

import django

django.setup()

from livinglab.notifications.models import Rhythm  # noqa: E402
from tests import make  # noqa: E402
from tests.journeys.cast import session_of  # noqa: E402


def build() -> dict[str, object]:
    person = make.resident("pushed@example.org", name="알림이")
    Rhythm.objects.create(person=person, quiet_from=0, quiet_until=0, weekly_most=0)
    home = make.premises(person, name="우리집")
    return {"session": session_of(person), "home": home.pk}


if __name__ == "__main__":
    print(json.dumps(build()))
