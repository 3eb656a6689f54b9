"""What a city takes reports about, who deals with them, and in which words."""

from django.contrib import admin

from livinglab.issues.models import (
    AnswerTemplate,
    Category,
    Department,
    Question,
    RoutingRule,
)
from livinglab.kernel.city_admin import CityAdmin


@admin.register(Department)
class DepartmentTable(CityAdmin):
    city_path = "city"
    list_display = ("name", "code", "phone", "city")
    list_select_related = ("city",)


@admin.register(Category)
class CategoryTable(CityAdmin):
    city_path = "city"
    list_display = ("name", "group", "department", "answer_days", "close_days")
    list_select_related = ("department",)


@admin.register(Question)
class QuestionTable(CityAdmin):
    city_path = "category__city"
    list_display = ("text", "category", "datatype", "is_required")
    list_select_related = ("category",)


@admin.register(RoutingRule)
class RoutingRuleTable(CityAdmin):
    city_path = "city"
    list_display = ("position", "department", "category", "neighbourhood", "is_active")
    list_select_related = ("department", "category", "neighbourhood")


@admin.register(AnswerTemplate)
class AnswerTemplateTable(CityAdmin):
    city_path = "city"
    list_display = ("name", "state", "category", "city")
    list_select_related = ("category", "city")
