"""`python -m tests.journeys.another_session EMAIL` signs somebody in once more."""

import sys

from tests.journeys import cast  # sets Django up

if __name__ == "__main__":
    print(cast.session_of(cast.Person.objects.get(email=sys.argv[1])))
