"""Letters on the console, as a person would read them."""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend


class ReadableConsole(EmailBackend):
    """Address, subject and the plain text; the HTML twin would only bury the code."""

    def write_message(self, message: EmailMessage) -> None:
        self.stream.write(
            f"── letter to {', '.join(message.to)}: {message.subject}\n"
            f"{str(message.body).strip()}\n──\n"
        )
