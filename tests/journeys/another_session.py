"""`python -m tests.journeys.another_session EMAIL` signs somebody in once more."""

import sys

from tests.journeys.cast import session_of  # sets Django up

from livinglab.people.models import Person

if __name__ == "__main__":
    print(session_of(Person.objects.get(email=sys.argv[1])))
