"""JSON doors of the energy app."""

from django.urls import path

from livinglab.energy.api import bills

urlpatterns = [
    path("premises/<int:pk>/bills/", bills.PremisesBills.as_view()),
    path("premises/<int:pk>/bills/<int:bill_pk>/", bills.PremisesBill.as_view()),
]
