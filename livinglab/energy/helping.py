"""What a helper may do with somebody's homes."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.acting import Area, area

area(
    Area(
        name="energy",
        label=_("Energy readings and bills"),
        says=_("Sees use and savings; enters readings and bills, gives files."),
        rules={"energy.add_usage": _("entered or changed a reading, a bill or a file")},
        quiet=frozenset({"energy.preview_usage"}),
        pages=frozenset(
            {
                "energy:home",
                "energy:add",
                "energy:add-to",
                "energy:add-file",
                "energy:add-reading",
                "energy:change-reading",
                "energy:remove-reading",
                "energy:add-bill",
                "energy:change-bill",
                "energy:remove-bill",
                "energy:uploads",
                "energy:upload",
                "energy:answer-upload",
                "energy:confirm-upload",
                "energy:withdraw-upload",
                "livinglab.energy.api.readings.PremisesReadings",
                "livinglab.energy.api.bills.PremisesBills",
            }
        ),
        start="energy:home",
    )
)
