"""A letter on the console shows the text, not its HTML twin."""

import io

from django.core.mail import EmailMultiAlternatives

from livinglab.config.mail import ReadableConsole


def test_the_code_can_be_read_and_the_html_is_left_out():
    stream = io.StringIO()
    letter = EmailMultiAlternatives("Code", "ABCD-EFGH", to=["resident@example.org"])
    letter.attach_alternative("<p>ABCD-EFGH</p>", "text/html")

    sent = ReadableConsole(stream=stream).send_messages([letter])

    assert sent == 1
    assert "ABCD-EFGH" in stream.getvalue()
    assert "resident@example.org" in stream.getvalue()
    assert "<p>" not in stream.getvalue()
