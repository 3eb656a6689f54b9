"""What a city takes reports about, who deals with them, and in which words."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextareaWidget

from livinglab.issues.admin.sheets import (
    AnswerSheet,
    CategorySheet,
    DepartmentSheet,
    SheetsIn,
)
from livinglab.issues.forms.catalogue import (
    CatalogueForm,
    CategoryForm,
    QuestionForm,
    RuleForm,
)
from livinglab.issues.models import (
    AnswerTemplate,
    Category,
    Department,
    Question,
    RoutingRule,
)
from livinglab.issues.selectors.answers_ready import PLACES
from livinglab.issues.services.catalogue import drop_row, keep_row
from livinglab.issues.services.trying import try_rule
from livinglab.kernel.city_admin import CityAdmin, CityInline, mark
from livinglab.people.http import person_of
from livinglab.people.models import Person, Role

LINES = {"rows": 6}
SENTENCE = {"rows": 2}
LINK = '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>'


class Catalogue(CityAdmin):
    """Rows of a city that its coordinators keep; the service checks and stores."""

    city_path = "city"
    is_personal = True  # a city's own: who runs the lab has no say in it
    may_add = may_change = True
    form = CatalogueForm
    many_lines: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()  # too long to be read in one line
    fixed: tuple[str, ...] = ("city", "code")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What other software knows a row by stays as it was made."""
        names = {field.name for field in self.model._meta.fields}
        return [name for name in self.fixed if name in names] if obj else []

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        for name, field in form.base_fields.items():
            if name in self.many_lines:
                field.widget = UnfoldAdminTextareaWidget(attrs=LINES)
            if name in self.sentences:
                field.widget = UnfoldAdminTextareaWidget(attrs=SENTENCE)
            for may in ("add", "change", "delete", "view"):  # the menu leads there
                setattr(field.widget, f"can_{may}_related", False)
        return form

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only one's own city, its departments, kinds and neighbourhoods."""
        mine = person_of(request).coordinated_city_ids
        rows = db_field.remote_field.model._default_manager
        if db_field.name == "city":
            kwargs["queryset"] = rows.filter(pk__in=mine)
            kwargs.setdefault("initial", mine[0] if len(mine) == 1 else None)
        elif db_field.name in ("department", "category", "neighbourhood"):
            kwargs["queryset"] = rows.filter(city__in=mine)
        elif db_field.name == "escalates_to":
            kwargs["queryset"] = _staff_of(mine)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "members":
            kwargs["queryset"] = _staff_of(person_of(request).coordinated_city_ids)
            kwargs["widget"] = CheckboxSelectMultiple(attrs={"class": "desk-checks"})
            kwargs["help_text"] = _("Nobody chosen: every coordinator of the city.")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        keep_row(obj, by=person_of(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        drop_row(obj, by=person_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            drop_row(row, by=person_of(request))


def _staff_of(cities: list[int]) -> QuerySet[Person]:
    staff = Person.objects.filter(
        roles__kind=Role.Kind.COORDINATOR, roles__city__in=cities, is_active=True
    )
    return staff.distinct()


@admin.register(Department)
class DepartmentTable(SheetsIn, Catalogue):
    sheet = DepartmentSheet
    list_display = ("title", "code", "phone", "staff", "escalates_to", "city")
    list_select_related = ("city", "escalates_to")
    fields = (
        ("city", "code"),
        ("name_ko", "name_en"),
        "phone",
        "members",
        "escalates_to",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("members")

    @admin.display(description=gettext_lazy("department"), ordering="name_ko")
    def title(self, department: Department) -> str:
        return department.name

    @admin.display(description=gettext_lazy("who works there"))
    def staff(self, department: Department) -> str:
        names = ", ".join(str(person) for person in department.members.all())
        return names or str(_("everybody of the city"))


class QuestionsOfCategory(CityInline):
    model = Question
    fields = ("position", "asked", "datatype", "is_required")
    readonly_fields = fields
    hide_title = True

    @admin.display(description=gettext_lazy("question"))
    def asked(self, question: Question) -> str:
        url = reverse("admin:issues_question_change", args=[question.pk])
        return format_html(LINK, url, question.text)


@admin.register(Category)
class CategoryTable(SheetsIn, Catalogue):
    sheet = CategorySheet
    form = CategoryForm
    many_lines = ("synonyms",)
    sentences = ("description_ko", "description_en", "notice_ko", "notice_en")
    list_display = (
        "title",
        "group",
        "department",
        "promise",
        "radius_m",
        "offered",
        "city",
    )
    list_filter = ("group", "is_offered", "is_public")
    search_fields = ("name_ko", "name_en", "code")
    list_select_related = ("department", "city")
    inlines = (QuestionsOfCategory,)
    fields = (
        ("city", "code"),
        "group",
        ("name_ko", "name_en"),
        ("description_ko", "description_en"),
        "synonyms",
        ("department", "position"),
        ("answer_days", "close_days"),
        "radius_m",
        ("is_public", "is_offered"),
        ("notice_ko", "notice_en"),
        "notice_phone",
    )

    @admin.display(description=gettext_lazy("category"), ordering="name_ko")
    def title(self, category: Category) -> str:
        return category.name

    @admin.display(description=gettext_lazy("work days: answer, end"))
    def promise(self, category: Category) -> str:
        return f"{category.answer_days} · {category.close_days}"

    @mark(
        gettext_lazy("offered to residents"),
        {"yes": "success", "notice": "warning", "no": ""},
    )
    def offered(self, category: Category) -> tuple[str, str]:
        if not category.is_offered:
            return "no", _("not offered")
        if not category.takes_reports:
            return "notice", _("notice only")
        return "yes", _("offered")


@admin.register(Question)
class QuestionTable(Catalogue):
    city_path = "category__city"
    may_delete = True
    form = QuestionForm
    many_lines = ("choices",)
    fixed = ("category", "code")
    list_display = ("asked", "category", "position", "datatype", "is_required")
    list_filter = ("datatype", "is_required")
    list_select_related = ("category",)
    search_fields = ("text_ko", "text_en", "category__name_ko")
    fields = (
        ("category", "code"),
        ("position", "datatype"),
        "is_required",
        ("text_ko", "text_en"),
        ("hint_ko", "hint_en"),
        "choices",
    )

    @admin.display(description=gettext_lazy("question"), ordering="text_ko")
    def asked(self, question: Question) -> str:
        return question.text


@admin.register(RoutingRule)
class RoutingRuleTable(Catalogue):
    """The first rule that fits wins; each can be tried on past reports first."""

    may_delete = True
    form = RuleForm
    many_lines = ("words",)
    fixed = ("city",)
    list_display = (
        "position",
        "department",
        "category",
        "neighbourhood",
        "said_words",
        "hours",
        "is_active",
    )
    list_display_links = ("position", "department")
    list_select_related = ("department", "category", "neighbourhood")
    change_form_after_template = "admin/issues/routingrule/trial.html"
    fields = (
        ("city", "is_active"),
        "position",
        ("category", "neighbourhood"),
        "words",
        ("from_hour", "to_hour"),
        "department",
    )

    @admin.display(description=gettext_lazy("any of these words in the text"))
    def said_words(self, rule: RoutingRule) -> str:
        return ", ".join(rule.words)

    @admin.display(description=gettext_lazy("hours"))
    def hours(self, rule: RoutingRule) -> str:
        return f"{rule.from_hour}–{rule.to_hour}" if rule.from_hour is not None else ""

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if getattr(form, "is_trial", False) and not form.errors:
            context["trial"] = try_rule(form.instance, by=person_of(request))
        shown: HttpResponse = super().render_change_form(
            request, context, *args, **kwargs
        )
        return shown


@admin.register(AnswerTemplate)
class AnswerTemplateTable(SheetsIn, Catalogue):
    sheet = AnswerSheet
    may_delete = True
    fixed = ("city",)
    list_display = ("name", "state", "category", "begins", "city")
    list_filter = ("state",)
    search_fields = ("name", "words_ko", "words_en")
    list_select_related = ("category", "city")
    fields = (
        ("city", "position"),
        "name",
        ("state", "category"),
        "words_ko",
        "words_en",
    )

    @admin.display(description=gettext_lazy("words in Korean"))
    def begins(self, answer: AnswerTemplate) -> str:
        return answer.words_ko[:60]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        help_text = _("These are filled in: %(places)s") % {"places": " ".join(PLACES)}
        kwargs["help_texts"] = {"words_ko": help_text, "words_en": help_text}
        return super().get_form(request, obj, change, **kwargs)
