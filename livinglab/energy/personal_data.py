"""What energy holds about a person, how it is given out, and how it goes."""

from typing import Any

from livinglab.energy.models import Bill, Premises, RegisterReading, Upload
from livinglab.energy.services.erasure import erase_person
from livinglab.kernel.personal_data import holds
from livinglab.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """The person's homes and what they typed; readings come as files beside it."""
    homes = Premises.objects.visible_to(person).select_related("neighbourhood")
    return {
        "homes": [
            {
                "id": home.pk,
                "name": home.name,
                "neighbourhood": home.neighbourhood.code,
                "joined_on": home.joined_on.isoformat(),
                "readings_as_csv": f"/api/v1/premises/{home.pk}/export.csv",
                "readings_as_green_button": f"/api/v1/premises/{home.pk}/export.xml",
            }
            for home in homes
        ],
        "uploads": list(
            Upload.objects.filter(by=person).values("name", "state", "created_at")
        ),
        "meter_readings": list(
            RegisterReading.objects.filter(by=person).values("read_at", "kwh")
        ),
        "bills": list(Bill.objects.filter(by=person).values("start", "end", "kwh")),
    }


holds("energy", export=export, erase=erase_person)
