"""Something to list."""

from django.db import models


class Thing(models.Model):
    name = models.CharField(max_length=60)
    amount = models.IntegerField()

    def __str__(self) -> str:
        return self.name
