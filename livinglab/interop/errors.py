"""How the door for software says no."""

from livinglab.kernel.errors import Invalid, Refused


class KeyNotGiven(Invalid):
    """Something about the program or who answers for it is missing."""

    code = "key_not_given"


class GeoRefused(Refused):
    """An answer in the form GeoReport v2 asks; several sentences may be given."""

    def __init__(self, status: int, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.status = status
        self.sentences = sentences
