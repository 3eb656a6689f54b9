"""The terms and the privacy words of `seeds/`."""

import json
from pathlib import Path

from livinglab.kernel.seeding import seeds
from livinglab.people.services.texts import write_legal_text


@seeds("legal", order=20)
def seed_legal_texts(folder: Path) -> str:
    texts = json.loads((folder / "legal.json").read_text("utf-8"))
    count = sum(write_legal_text(kind, facts) for kind, facts in texts.items())
    return f"{count} legal texts"
