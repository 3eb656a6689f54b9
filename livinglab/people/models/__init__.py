"""Everything the database knows of people."""

from livinglab.people.models.answers import KeptAnswer
from livinglab.people.models.consents import Consent
from livinglab.people.models.downloads import Download
from livinglab.people.models.dues import FileToErase, LetterDue
from livinglab.people.models.guardians import GuardianConsent
from livinglab.people.models.guests import Draft, Guest
from livinglab.people.models.helping import Act, Helping
from livinglab.people.models.leaving import KeptRead, Leaving, LeavingProof
from livinglab.people.models.persons import Person, Role
from livinglab.people.models.reads import DataRead
from livinglab.people.models.texts import LegalText

__all__ = [
    "Act",
    "Consent",
    "DataRead",
    "Download",
    "Draft",
    "FileToErase",
    "GuardianConsent",
    "Guest",
    "Helping",
    "KeptAnswer",
    "KeptRead",
    "Leaving",
    "LeavingProof",
    "LegalText",
    "LetterDue",
    "Person",
    "Role",
]
