"""Everything the database knows of people."""

from livinglab.people.models.answers import KeptAnswer
from livinglab.people.models.consents import Consent
from livinglab.people.models.persons import Person, Role
from livinglab.people.models.reads import DataRead

__all__ = ["Consent", "DataRead", "KeptAnswer", "Person", "Role"]
