"""Names of cities for other software, and keys that let programs report."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.interop.forms import GiveKeyForm
from livinglab.interop.models import DAY, ApiKey, Jurisdiction, Submission
from livinglab.interop.services.keys import (
    change_quota,
    give_key,
    owner_called,
    revoke_key,
)
from livinglab.kernel.city_admin import CityAdmin, mark
from livinglab.kernel.errors import Refused
from livinglab.people.http import person_of
from livinglab.places.models import City


@admin.register(Jurisdiction)
class JurisdictionTable(CityAdmin):
    city_path = "city"
    list_display = ("code", "city", "contact")
    list_select_related = ("city",)


@admin.register(ApiKey)
class ApiKeyTable(CityAdmin):
    """A key is shown once, on the page that gives it; only its digest is kept."""

    city_path = "city"
    may_add = may_change = True
    changeable = ("quota_a_day",)
    list_display = ("name", "city", "who", "standing", "used_today", "given_at")
    list_select_related = ("city", "owner")
    search_fields = ("name",)
    actions = ("take_back",)
    readonly_fields = ("who", "used_today", "given_at", "revoked_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With how many reports each sent today, whatever it sent in earlier years."""
        theirs = Submission.objects.filter(
            key=OuterRef("pk"), at__gt=timezone.now() - DAY
        )
        sent = theirs.order_by().values("key").annotate(sent=Count("pk")).values("sent")
        keys = super().get_queryset(request)
        return keys.annotate(sent_today=Coalesce(Subquery(sent), 0))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("name", "city", "owner_email", "quota_a_day")
        return (
            ("name", "city"),
            ("who", "given_at"),
            ("quota_a_day", "used_today"),
            "revoked_at",
        )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = _asked_by(person_of(request))
        else:
            kwargs["help_texts"] = {"city": ""}  # chosen once, when it was given
        form = super().get_form(request, obj, change, **kwargs)
        if city := form.base_fields.get("city"):
            for may in ("add", "change", "delete", "view"):  # the menu leads there
                setattr(city.widget, f"can_{may}_related", False)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """One way to store: a key is given once and shown at once."""
        once = {"show_save_and_add_another": False, "show_save_and_continue": False}
        facts = once | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, facts)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "city":
            person = person_of(request)
            own = City.objects.filter(pk__in=person.coordinated_city_ids)
            kwargs["queryset"] = City.objects.all() if person.operates else own
            kwargs["required"] = not person.operates
            if not person.operates:
                kwargs["help_text"] = ""
                mine = person.coordinated_city_ids
                kwargs["initial"] = mine[0] if len(mine) == 1 else None
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("who answers for it"))
    def who(self, key: ApiKey) -> str:
        return str(key.owner)

    @admin.display(description=gettext_lazy("reports in 24 hours"))
    def used_today(self, key: Any) -> str:
        return f"{key.sent_today} / {key.quota_a_day}"

    @mark(gettext_lazy("state"), {"stands": "success", "revoked": "danger"})
    def standing(self, key: ApiKey) -> tuple[str, str]:
        return ("revoked", _("revoked")) if key.revoked_at else ("stands", _("in use"))

    def save_model(
        self, request: HttpRequest, obj: ApiKey, form: Any, change: bool
    ) -> None:
        by = person_of(request)
        if change:
            change_quota(obj, obj.quota_a_day, by=by)
            return
        key, word = give_key(
            obj.name,
            city=obj.city,
            owner=form.owner,
            quota_a_day=obj.quota_a_day,
            by=by,
        )
        obj.pk, obj.word = key.pk, word  # type: ignore[attr-defined]

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        """The key itself: on this page and never again."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Key given"),
            "key": obj,
            "word": obj.word,
        }
        answer = TemplateResponse(request, "admin/interop/key_given.html", context)
        answer["Cache-Control"] = "no-store"
        return answer

    @admin.action(
        description=gettext_lazy("Take back: the key opens nothing any more"),
        permissions=["act"],
    )
    def take_back(self, request: HttpRequest, rows: QuerySet[ApiKey]) -> None:
        for key in rows:
            revoke_key(key, by=person_of(request))
            messages.success(
                request, _("%(name)s sends no reports any more.") % {"name": key.name}
            )


def _asked_by(person: Any) -> type[GiveKeyForm]:
    """The form that gives a key, knowing who asks."""

    class Asked(GiveKeyForm):
        def clean_owner_email(self) -> str:
            email: str = self.cleaned_data["owner_email"]
            try:
                self.owner = owner_called(email) if email else person
            except Refused as refusal:
                raise ValidationError(str(refusal)) from refusal
            return email

    return Asked


@admin.register(Submission)
class SubmissionTable(CityAdmin):
    city_path = "issue__city"
    is_personal = True
    list_display = ("at", "key", "number")
    list_select_related = ("key",)
    fields = ("key", "at", "media_url")

    @admin.display(description=gettext_lazy("number of the report"))
    def number(self, sent: Submission) -> str:
        return f"#{sent.issue_id}"
