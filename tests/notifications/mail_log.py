"""A mail server that takes every letter and writes one line, in one go."""

import os
import random
import time
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

# Long enough that a death often falls between the letter and the note of it.
MOST_S = 0.03
# For whoever sends apart from the suite; and tasks run where they are called.
SETTINGS = {
    "EMAIL_BACKEND": "tests.notifications.mail_log.MailLog",
    "CELERY_TASK_ALWAYS_EAGER": True,
}


class MailLog(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[Any]) -> int:
        for letter in email_messages:
            self._take(letter.extra_headers["Message-ID"])
        return len(email_messages)

    def _take(self, message_id: str) -> None:
        handle = os.open(settings.MAIL_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{message_id}\n".encode())
        os.close(handle)
        time.sleep(random.uniform(0, MOST_S))
