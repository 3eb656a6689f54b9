"""What residents may report, for one page that serves every city."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from livinglab.issues.models import Category, Question
from livinglab.kernel.stamps import stamps
from livinglab.places.selectors import places_version


@dataclass(frozen=True)
class Kind:
    """One kind of report, as several cities offer it in the same words."""

    category: Category
    cities: tuple[str, ...]
    questions: tuple[Question, ...] = field(default=())

    @cached_property
    def words(self) -> str:
        """Everything a search may find it by."""
        of = self.category
        named = [of.name_ko, of.name_en, of.description, *of.synonyms]
        return " ".join(named).casefold()

    @property
    def city_codes(self) -> str:
        return " ".join(self.cities)


@dataclass(frozen=True)
class Group:
    """Kinds of reports under one heading."""

    code: str
    name: str
    kinds: tuple[Kind, ...]


def catalogue() -> list[Group]:
    """Every offered kind by group; two questions to the database."""
    offered = Category.objects.offered().select_related("city", "department")
    rows = list(offered.prefetch_related("questions").order_by("position", "pk"))
    order = {group: at for at, group in enumerate(Category.Group.values)}
    kinds = sorted(_merged(rows), key=lambda kind: order[kind.category.group])
    return [
        Group(code, str(Category.Group(code).label), tuple(members))
        for code, members in groupby(kinds, key=attrgetter("category.group"))
    ]


def _merged(rows: Iterable[Category]) -> list[Kind]:
    """Rows of several cities that read the same are one kind."""
    same: dict[object, list[Category]] = {}
    for row in rows:
        same.setdefault(_reads_as(row), []).append(row)
    return [
        Kind(
            members[0],
            tuple(member.city.code for member in members),
            tuple(members[0].questions.all()),
        )
        for members in same.values()
    ]


def _reads_as(row: Category) -> object:
    """What people see of a category: alike in this, two are shown as one."""
    asked = tuple(
        (one.code, one.datatype, one.is_required, one.text, one.hint, str(one.choices))
        for one in row.questions.all()
    )
    said = (row.name, row.description, row.notice, row.notice_phone)
    promised = (row.department.name, row.answer_days, row.close_days, row.is_public)
    return row.code, row.group, said, promised, tuple(row.synonyms), asked


def catalogue_version() -> Hashable:
    """Another answer whenever the reporting form would look otherwise."""
    return places_version(), kinds_stand()


def kinds_stand() -> Hashable:
    """Another answer whenever a kind, its questions or its department change."""
    return stamps(
        "SELECT 1, id, CAST(changed_at AS varchar), CAST(is_offered AS varchar), '' "
        "FROM issues_category "
        "UNION ALL SELECT 2, id, name_ko, name_en, '' FROM issues_department "
        "UNION ALL SELECT 3, id, text_ko || '|' || text_en || '|' || datatype "
        "|| CAST(is_required AS varchar) || CAST(position AS varchar), "
        "hint_ko || '|' || hint_en || '|' || code, CAST(choices AS varchar) "
        "FROM issues_question ORDER BY 1, 2"
    )
