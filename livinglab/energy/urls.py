"""Pages of the energy app."""

from django.urls import path

from livinglab.energy.views import (
    add,
    bills,
    devices,
    events,
    home,
    how,
    premises,
    readings,
    uploads,
)
from livinglab.energy.views.demo import sign_in

app_name = "energy"
urlpatterns = [
    path("", home.home, name="home"),
    path("how/", how.how, name="how"),
    path("demo/<str:key>/", sign_in, name="demo-sign-in"),
    path("add/", add.add, name="add"),
    path("homes/<int:pk>/add/", add.add_to, name="add-to"),
    path("homes/<int:pk>/add/file/", uploads.add_file, name="add-file"),
    path("homes/<int:pk>/add/reading/", readings.add_meter_reading, name="add-reading"),
    path("readings/<int:pk>/", readings.change_reading, name="change-reading"),
    path(
        "readings/<int:pk>/remove/", readings.take_back_reading, name="remove-reading"
    ),
    path("homes/<int:pk>/add/bill/", bills.add_bill, name="add-bill"),
    path("bills/<int:pk>/", bills.change_bill, name="change-bill"),
    path("bills/<int:pk>/remove/", bills.remove_bill, name="remove-bill"),
    path("homes/add/", premises.add_premises, name="add-premises"),
    path("facilities/add/", premises.add_facility, name="add-facility"),
    path("homes/<int:pk>/", premises.premises, name="premises"),
    path("homes/<int:pk>/discounts/", premises.choose_discounts, name="discounts"),
    path("homes/<int:pk>/invite/", premises.invite, name="invite"),
    path("members/<int:pk>/end/", premises.end_membership, name="end-membership"),
    path("members/<int:pk>/owner/", premises.make_owner, name="make-owner"),
    path("homes/<int:pk>/events/", events.events, name="events"),
    path("events/<int:pk>/take-back/", events.take_back, name="take-back-event"),
    path("homes/<int:pk>/devices/", devices.add_device, name="add-device"),
    path("devices/<int:pk>/revoke/", devices.revoke_device, name="revoke-device"),
    path("join/", premises.join, name="join"),
    path("uploads/", uploads.upload_list, name="uploads"),
    path("uploads/<int:pk>/", uploads.upload, name="upload"),
    path("uploads/<int:pk>/answer/", uploads.answer, name="answer-upload"),
    path("uploads/<int:pk>/confirm/", uploads.confirm, name="confirm-upload"),
    path("uploads/<int:pk>/withdraw/", uploads.withdraw, name="withdraw-upload"),
]
