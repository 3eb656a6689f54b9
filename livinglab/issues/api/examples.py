"""What reports look like, for the description of the API."""

from typing import Any

SENT: dict[str, Any] = {
    "key": "0f6c2c8e-6a0b-4a4e-9f0f-3f1f0a4b8d21",
    "category": "pothole",
    "lon": 126.7386,
    "lat": 37.3463,
    "place_from": "device",
    "words": "횡단보도 앞이 깊게 파였어요",
    "answers": {"depth": "deeper"},
    "seen_at": "2026-11-23T09:12:00+09:00",
    "ask_known": True,
}
CARD: dict[str, Any] = {
    "id": 4127,
    "url": "/issues/4127/",
    "title": "도로 파임",
    "category": "pothole",
    "group": "facilities",
    "words": "횡단보도 앞이 깊게 파였어요",
    "state": "received",
    "state_words": "접수했어요",
    "is_open": True,
    "city": "siheung",
    "neighbourhood": "4139059100",
    "place": "정왕1동",
    "lon": 126.7386,
    "lat": 37.3463,
    "at": "2026-11-23T09:12:41+09:00",
    "changed_at": "2026-11-23T09:12:41+09:00",
    "due_on": "2026-12-02",
    "supporters": 0,
    "is_simulated": False,
    "photo": "",
}
REPORTED = {
    **CARD,
    "department": "도로과",
    "answer_due_on": "2026-11-26",
    "address": "",
    "seen_at": "2026-11-23T09:12:00+09:00",
    "is_public": True,
    "photo_count": 2,
}
KNOWN = {
    "code": "known_already",
    "detail": "이미 알려진 일일 수 있어요. 아래 제보 가운데 같은 것이 있나요?",
    "question": "known",
    "known": [{**CARD, "id": 3990, "url": "/issues/3990/", "metres": 14}],
}
ARRIVED = {
    "code": "already_received",
    "detail": "처음 쓰신 내용으로 이미 접수했어요. 새 내용은 그 제보에 덧붙여 주세요.",
    "answer": REPORTED,
}
STEP: dict[str, Any] = {
    "at": "2026-11-24T10:02:11+09:00",
    "what": "state",
    "what_words": "처리하고 있어요",
    "state": "in_progress",
    "words": "내일 아침에 메울게요.",
    "who": "도로과",
    "is_by_city": True,
    "is_blanked": False,
    "due_on": "2026-12-02",
    "photos": [],
}
PHOTO: dict[str, Any] = {
    "id": "9b1c5a9e-0d35-4d36-8a2e-7f4f2cdd53a1",
    "thumb": "/issues/photos/9b1c5a9e-0d35-4d36-8a2e-7f4f2cdd53a1/thumb.webp",
    "card": "/issues/photos/9b1c5a9e-0d35-4d36-8a2e-7f4f2cdd53a1/card.webp",
    "full": "/issues/photos/9b1c5a9e-0d35-4d36-8a2e-7f4f2cdd53a1/full.webp",
    "alt": "횡단보도 앞의 구멍",
    "width": 1536,
    "height": 2048,
    "is_public": True,
    "added_at": "2026-11-23T09:12:41+09:00",
}
ONE: dict[str, Any] = {
    **CARD,
    "state": "in_progress",
    "state_words": "처리하고 있어요",
    "version": 2,
    "department": "도로과",
    "department_phone": "031-310-0000",
    "address": "정왕1동 큰길 12",
    "seen_at": "2026-11-23T09:12:00+09:00",
    "answer_due_on": "2026-11-26",
    "answered_at": "2026-11-24T10:02:11+09:00",
    "closed_at": None,
    "is_public": True,
    "hidden": "",
    "duplicate_of": None,
    "is_mine": True,
    "why_followed": "reported",
    "asks_whether_fixed": False,
    "has_objected": False,
    "texts_out_of_sight": [],
    "photos": [PHOTO],
    "timeline": [STEP],
    "outcomes": [],
}
PAGE: dict[str, Any] = {"issues": [CARD], "before": 4127}
