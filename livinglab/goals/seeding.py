"""Goals of `seeds/`."""

import json
from pathlib import Path

from livinglab.goals.services import write_goal
from livinglab.kernel.seeding import seeds


@seeds("goals", order=30)
def seed_goals(folder: Path) -> str:
    """Write the goals."""
    goals = json.loads((folder / "goals.json").read_text("utf-8"))["goals"]
    for facts in goals:
        write_goal(facts)
    return f"{len(goals)} goals"
