"""How these tests ask and send."""

from typing import Any

from tests.issues import world

BASE = "/open311/v2"


def get(client: Any, path: str, **asked: str) -> Any:
    asked.setdefault("jurisdiction_id", "siheung.go.kr")
    return client.get(f"{BASE}/{path}", asked)


def form(key: str, **fields: Any) -> dict[str, Any]:
    lon, lat = world.JEONGWANG
    return {
        "api_key": key,
        "jurisdiction_id": "siheung.go.kr",
        "service_code": "pothole",
        "lat": str(lat),
        "long": str(lon),
        "description": "횡단보도 앞이 파였어요",
    } | fields


def send(client: Any, key: str, fmt: str = "json", **fields: Any) -> Any:
    data = {name: value for name, value in form(key, **fields).items() if value != ""}
    return client.post(f"{BASE}/requests.{fmt}", data)
