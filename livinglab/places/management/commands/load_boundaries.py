"""`manage.py load_boundaries FILE.geojson`: official polygons for the cells."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from livinglab.kernel.errors import Refused
from livinglab.places.boundary_match import BoundaryReport
from livinglab.places.services import load_boundaries


class Command(BaseCommand):
    help = "Replace the approximated neighbourhoods by official boundaries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON, longitude and latitude")
        parser.add_argument("--boundary-version", default="", help="name kept with it")
        parser.add_argument("--dry-run", action="store_true", help="store nothing")
        parser.add_argument(
            "--add-new", action="store_true", help="add areas of our cities we miss"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(_("The file cannot be read.")) from error
        name = options["boundary_version"] or _version_of(path, content)
        try:
            report = load_boundaries(
                content,
                version=name,
                dry_run=options["dry_run"],
                add_new=options["add_new"],
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(report, name, dry_run=options["dry_run"])

    def _tell(self, report: BoundaryReport, version: str, *, dry_run: bool) -> None:
        for city in report.cities:
            drawn = sum(m.known.city == city for m in report.matched)
            missing = sum(known.city == city for known in report.missing)
            self.stdout.write(
                _("%(city)s: %(drawn)s drawn, %(missing)s missing, %(km2).1f km²")
                % {
                    "city": city,
                    "drawn": drawn,
                    "missing": missing,
                    "km2": report.km2(city),
                }
            )
        for line in _differences(report):
            self.stdout.write("  " + line)
        ending = (
            _("Looked only; nothing was stored.")
            if dry_run
            else _("Stored as version %(version)s.") % {"version": version}
        )
        self.stdout.write(ending)


def _differences(report: BoundaryReport) -> list[str]:
    lines = [
        _("missing in the file: %(name)s %(code)s") % {"name": k.name, "code": k.code}
        for k in report.missing
    ]
    lines += [
        _("not known to us, left out: %(name)s") % {"name": new.area.label}
        for new in report.unknown
    ]
    lines += [_("added: %(name)s") % {"name": new.area.label} for new in report.added]
    for found in report.matched:
        names = {"ours": found.known.name, "theirs": found.area.name}
        if found.renamed:
            lines.append(_("name: ours %(ours)s, the file's %(theirs)s") % names)
        if found.recoded:
            codes = {"ours": found.known.code, "theirs": found.area.code} | {
                "name": found.known.name
            }
            lines.append(
                _("code of %(name)s: ours %(ours)s, the file's %(theirs)s") % codes
            )
        if found.centre_moved:
            lines.append(
                _("centre of %(name)s moved inside its area")
                % {"name": found.known.name}
            )
    if report.elsewhere:
        lines.append(
            _("%(count)s areas of other cities left out") % {"count": report.elsewhere}
        )
    return lines


def _version_of(path: Path, content: bytes) -> str:
    return f"{path.stem[:30]}-{hashlib.sha256(content).hexdigest()[:8]}"
