"""`python -m tests.journeys.live_people [EMAIL]`: somebody who looks at their inbox.

Prints the session as JSON. A second call with the address tells them of something, in
a process of its own: the page cannot have heard of it on a socket.
"""

import json
import sys

import django

django.setup()

from livinglab.notifications.models import Notice  # noqa: E402
from livinglab.people.models import Person  # noqa: E402
from tests import make  # noqa: E402
from tests.journeys.cast import session_of  # noqa: E402


def build() -> dict[str, object]:
    person = make.resident("looking@example.org", name="보는이")
    home = make.premises(person, name="우리집")
    return {
        "session": session_of(person),
        "other": session_of(person),
        "home": home.pk,
    }


def tell(email: str) -> dict[str, object]:
    """A notice as the service writes it, without anybody hearing of it."""
    person = Person.objects.get(email=email)
    before = Notice.objects.filter(person=person).count()
    notice = Notice.objects.create(
        person=person,
        kind="energy.file_refused",
        event=f"journey:{before}",
        facts={"file": f"파일 {before + 1}.csv", "home": "우리집", "upload": 1},
        url="/me/",
        told_by="00000000-0000-0000-0000-000000000000",
    )
    return {"notice": notice.pk}


if __name__ == "__main__":
    print(json.dumps(tell(sys.argv[1]) if len(sys.argv) > 1 else build()))
