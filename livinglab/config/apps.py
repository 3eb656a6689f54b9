"""Django's admin app with our own site."""

from django.contrib.admin.apps import AdminConfig


class LabAdminConfig(AdminConfig):
    default_site = "livinglab.kernel.admin_site.LabAdminSite"
