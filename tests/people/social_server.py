"""Kakao and Naver as their manuals describe them, on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


class SocialServer:
    """Gives tokens for the codes it knows and profiles for its tokens."""

    def __init__(self) -> None:
        self.profile: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def kakao(self, number: int, email: str = "", *, verified: bool = True) -> None:
        """GET https://kapi.kakao.com/v2/user/me answers like this."""
        account: dict[str, Any] = {
            "profile_nickname_needs_agreement": False,
            "profile": {"nickname": "김주민", "is_default_image": True},
        }
        if email:
            account |= {
                "has_email": True,
                "email_needs_agreement": False,
                "is_email_valid": True,
                "is_email_verified": verified,
                "email": email,
            }
        self.profile = {
            "id": number,
            "connected_at": "2026-11-01T00:00:00Z",
            "properties": {"nickname": "김주민"},
            "kakao_account": account,
        }

    def naver(self, number: str, email: str = "") -> None:
        """GET https://openapi.naver.com/v1/nid/me answers like this."""
        person = {"id": number, "nickname": "주민", "name": "김주민"}
        if email:
            person["email"] = email
        self.profile = {"resultcode": "00", "message": "success", "response": person}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        ours = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers.get("Content-Length", 0))
                sent = parse_qs(self.rfile.read(size).decode())
                ours.asked.append((self.path, sent))
                if sent.get("code") != ["good"]:
                    return self._say(401, {"error": "invalid_grant"})
                token = {
                    "token_type": "bearer",
                    "access_token": "opens-the-profile",
                    "expires_in": 21599,
                    "refresh_token": "never-kept",
                    "refresh_token_expires_in": 5183999,
                    "scope": "account_email",
                }
                return self._say(200, token)

            def do_GET(self) -> None:
                if self.headers.get("Authorization") != "Bearer opens-the-profile":
                    return self._say(401, {"msg": "this access token does not exist"})
                return self._say(200, ours.profile)

            def _say(self, status: int, body: dict[str, Any]) -> None:
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json;charset=UTF-8")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *words: Any) -> None:
                """Quiet."""

        return Handler
