"""Who stands behind a session: every page of whoever is signed in asks this."""

from allauth.account.auth_backends import AuthenticationBackend

from livinglab.people.models import Person


class PeopleBackend(AuthenticationBackend):  # type: ignore[misc]
    """The person comes with their roles in one question."""

    def get_user(self, user_id: int | str) -> Person | None:
        person = Person.objects.with_roles(user_id)
        if person is None or not self.user_can_authenticate(person):
            return None
        return person
