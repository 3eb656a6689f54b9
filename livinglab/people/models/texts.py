"""LegalText."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalText(models.Model):
    """One version of the terms or the privacy words, in one language.

    `sections` is a list of {"heading", "words": [...], "points": [...]}.
    """

    class Kind(models.TextChoices):
        TERMS = "terms", _("Terms of use")
        PRIVACY = "privacy", _("Privacy")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    version = models.CharField(_("version of the text"), max_length=12)
    language = models.CharField(_("language"), max_length=5)
    in_force_from = models.DateField(_("in force from"))
    title = models.CharField(_("title"), max_length=80)
    lead = models.TextField(_("in short"), blank=True)
    sections = models.JSONField(_("sections"), default=list)

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ["kind", "-in_force_from", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version", "language"], name="legal_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version} ({self.language})"
