"""Makes the peer's database: twenty rows and a signed-in person.

`python -m tests.bench.bare.fill` prints the session's key.
"""

import django

django.setup()

from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from tests.bench.bare.models import Thing  # noqa: E402

ROWS = 20


def main() -> None:
    call_command("migrate", verbosity=0, run_syncdb=True)
    Thing.objects.all().delete()
    User.objects.all().delete()
    Thing.objects.bulk_create(
        Thing(name=f"물건 {n:02}", amount=n * 1000) for n in range(ROWS)
    )
    person = User.objects.create_user("bare", password=None)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    print(session.session_key)


main()
