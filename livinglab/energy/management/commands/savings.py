"""`manage.py savings recompute`: every figure again from the facts, resumable."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from livinglab.energy.models import Premises
from livinglab.energy.services import neighbourhoods, savings
from livinglab.places.models import City


class Command(BaseCommand):
    help = "Compute savings again, or say how many homes wait."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        again = verbs.add_parser("recompute", help="all figures from the facts")
        again.add_argument("--city", help="only homes of this city (code)")
        again.add_argument("--home", type=int, action="append", default=[])
        again.add_argument(
            "--batch", type=int, default=512, help="homes in one transaction"
        )
        again.add_argument(
            "--anew",
            action="store_true",
            help="begin again although an earlier run is unfinished",
        )
        verbs.add_parser("status", help="how many homes wait")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "status":
            self._tell_status()
            return
        self._mark(options)
        self._compute(options["batch"])

    def _tell_status(self) -> None:
        now = savings.waiting()
        self.stdout.write(
            _("%(homes)d homes wait; %(given_up)d rows were given up.")
            % {"homes": now.homes, "given_up": now.given_up}
        )

    def _mark(self, options: dict[str, Any]) -> None:
        """Mark all chosen homes, unless an earlier run left some of them."""
        left = savings.waiting().of_recompute
        if left and not options["anew"]:
            savings.release_claims()
            self.stdout.write(
                _("An earlier run is unfinished: going on with %(homes)d homes.")
                % {"homes": left}
            )
            return
        savings.mark_everything_due(_chosen(options))

    def _compute(self, batch: int) -> None:
        total = savings.waiting().homes
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=self.stdout),  # type: ignore[arg-type]
        )
        with bar:
            task = bar.add_task(_("homes"), total=total)
            savings.compute_all_due(lambda homes: bar.advance(task, homes), most=batch)
        while neighbourhoods.compute_next() is not None:
            pass
        self.stdout.write(_("%(homes)d homes computed.") % {"homes": total})


def _chosen(options: dict[str, Any]) -> QuerySet[Premises]:
    homes: QuerySet[Premises] = Premises.objects.all()
    if options["home"]:
        homes = homes.filter(pk__in=options["home"])
    if options["city"]:
        if not City.objects.filter(code=options["city"]).exists():
            raise CommandError(
                _("There is no city with the code “%(code)s”.")
                % {"code": options["city"]}
            )
        homes = homes.filter(neighbourhood__city__code=options["city"])
    return homes
