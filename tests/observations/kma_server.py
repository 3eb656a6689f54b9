"""A small weather service for the tests: a process of its own, scripted by its key.

    python kma_server.py

prints its port, then answers as the real gateway does: the key decides how.
"""

import json
import sys
import time
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

XML = (
    "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
    "<returnAuthMsg>{0}</returnAuthMsg><returnReasonCode>{1}</returnReasonCode>"
    "</cmmMsgHeader></OpenAPI_ServiceResponse>"
)


def days(asked: dict[str, str], missing_last: int = 0) -> str:
    first, last = (
        date.fromisoformat(f"{d[:4]}-{d[4:6]}-{d[6:]}")
        for d in (asked["startDt"], asked["endDt"])
    )
    rows = []
    while first <= last - timedelta(days=missing_last):
        rows.append(
            {
                "stnId": asked["stnIds"],
                "tm": first.isoformat(),
                "avgTa": "" if first.day == 13 else f"{first.day / 10}",
                "minTa": "-1.0",
                "maxTa": "9.0",
            }
        )
        first += timedelta(days=1)
    items = {"item": rows[0] if len(rows) == 1 else rows} if rows else ""
    header = {"resultCode": "00" if rows else "03", "resultMsg": ""}
    return json.dumps({"response": {"header": header, "body": {"items": items}}})


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        status, body = self.reply(asked)
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def reply(self, asked: dict[str, str]) -> tuple[int, str]:
        key = asked.get("serviceKey", "")
        if key == "slow":
            time.sleep(3)
        answers = {
            "unregistered": (200, XML.format("NOT_REGISTERED", "30")),
            "forbidden": (403, XML.format("NOT_REGISTERED", "30")),
            "quota": (200, XML.format("LIMITED", "22")),
            "busy": (200, XML.format("TIMEOUT", "05")),
            "down": (502, "<html>Bad Gateway</html>"),
            "page": (200, "<html>maintenance</html>"),
            "late": (200, days(asked, missing_last=1)),
            "none": (200, days(asked, missing_last=10_000)),
            "a/good+key==": (200, days(asked)),
        }
        return answers.get(key, (500, "unknown key"))

    def log_message(self, *args: object) -> None:
        """Quiet."""


if __name__ == "__main__":
    # the next question need not wait for the slow answer
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port)
    sys.stdout.flush()
    server.serve_forever()
