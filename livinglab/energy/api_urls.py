"""JSON doors of the energy app."""

from django.urls import path

from livinglab.energy.api import (
    areas,
    bills,
    declared_events,
    export,
    outlook,
    premises,
    readings,
    savings,
    uploads,
    usage,
)

urlpatterns = [
    path(
        "neighbourhoods/<str:code>/savings/",
        areas.AreaSavings.as_view(),
        name="api-area-savings",
    ),
    path("premises/<int:pk>/bills/", bills.PremisesBills.as_view()),
    path("premises/<int:pk>/bills/<int:bill_pk>/", bills.PremisesBill.as_view()),
    path("premises/<int:pk>/outlook/", outlook.PremisesOutlook.as_view()),
    path("premises/<int:pk>/savings/", savings.PremisesSavings.as_view()),
    path("premises/<int:pk>/baseline/", savings.PremisesBaseline.as_view()),
    path("premises/<int:pk>/events/", declared_events.PremisesEvents.as_view()),
    path(
        "premises/<int:pk>/events/<int:event_pk>/",
        declared_events.PremisesEvent.as_view(),
    ),
    path("premises/", premises.PremisesList.as_view(), name="api-premises"),
    path("premises/join/", premises.Join.as_view(), name="api-join"),
    path("premises/<int:pk>/", premises.OnePremises.as_view(), name="api-home"),
    path("premises/<int:pk>/discounts/", premises.Discounts.as_view()),
    path("premises/<int:pk>/invitations/", premises.Invitations.as_view()),
    path("premises/<int:pk>/devices/", premises.PremisesDevices.as_view()),
    path("devices/<int:pk>/", premises.OneDevice.as_view()),
    path(
        "premises/<int:pk>/uploads/",
        uploads.PremisesUploads.as_view(),
        name="api-uploads",
    ),
    path("uploads/<int:pk>/", uploads.OneUpload.as_view(), name="api-upload"),
    path("uploads/<int:pk>/confirm/", uploads.ConfirmUpload.as_view()),
    path("premises/<int:pk>/readings/", readings.PremisesReadings.as_view()),
    path("premises/<int:pk>/readings/<int:reading_pk>/", readings.OneReading.as_view()),
    path("energy/usage/", usage.EnergyUsage.as_view(), name="api-usage"),
    path(
        "premises/<int:pk>/export.xml",
        export.ExportGreenButton.as_view(),
        name="api-export-xml",
    ),
    path(
        "premises/<int:pk>/export.csv",
        export.ExportCsv.as_view(),
        name="api-export-csv",
    ),
]
