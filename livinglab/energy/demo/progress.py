"""What the terminal shows while rows are built and Celery computes."""

import threading
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from livinglab.energy.models import AreaDue, Premises, SavingsDue, Upload
from livinglab.energy.services.outlooks import due_outlooks

LOOK_EVERY_S = 0.4
PATIENCE_S = 180


class Steps:
    """A bar for each step; quiet without a terminal."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.bars = Progress(
            TextColumn("{task.description:<22}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=False,
        )
        self.tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Steps":
        self.bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.bars.stop()

    def begin(self, *names: str) -> None:
        for name in names:
            if name not in self.tasks:
                self.tasks[name] = self.bars.add_task(name, total=None)

    def move(self, name: str, done: int, total: int) -> None:
        self.begin(name)
        self.bars.update(self.tasks[name], completed=done, total=total)

    def done(self, name: str) -> None:
        self.move(name, 1, 1)

    def say(self, sentence: str) -> None:
        self.console.print(sentence)


def due_counts() -> tuple[int, int, int, int]:
    """Files to be read; figures of homes, of areas and outlooks to be computed."""
    files, ahead = Upload.objects.due().count(), due_outlooks().count()
    return files, SavingsDue.objects.count(), AreaDue.objects.count(), ahead


def until_computed(steps: Steps, leaving: threading.Event) -> bool:
    """Wait for the rows that say work is due; True when none is left."""
    handed_in = Upload.objects.exclude(state=Upload.State.PREVIEW).count()
    homes = Premises.objects.count()
    most_areas, still, seen = 1, 0.0, due_counts()
    while any(seen) and not leaving.is_set():
        files, savings, areas, _ahead = seen
        most_areas = max(most_areas, areas)
        steps.move("files read", handed_in - files, handed_in)
        steps.move("savings computed", max(homes - savings, 0), homes)
        steps.move("areas computed", most_areas - areas, most_areas)
        leaving.wait(LOOK_EVERY_S)
        now = due_counts()
        still = 0.0 if now != seen else still + LOOK_EVERY_S
        if still > PATIENCE_S:
            steps.say(f"Nothing has moved for {PATIENCE_S} s; {now} rows are left.")
            return False
        seen = now
    if any(seen):
        return False
    steps.move("files read", handed_in, handed_in)
    steps.move("savings computed", homes, homes)
    steps.move("areas computed", most_areas, most_areas)
    return True
