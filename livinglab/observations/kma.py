"""Asks KMA's daily ASOS service over HTTP. Pure: the standard library only.

The key lies in the address, so no address, no exception of urllib and no log line
leaves this module: callers get a refusal by code, or `Unreachable` with a bare reason.
"""

import urllib.error
import urllib.parse
import urllib.request
from datetime import date

from livinglab.observations.readers import (
    ServiceRefusal,
    Unreadable,
    WeatherFile,
    read_weather,
)

TIMEOUT_S = 20
ROWS_MAX = 999
DAYS_MAX = 900
ANSWER_MAX_BYTES = 5_000_000


class Unreachable(Exception):
    """No usable answer came; asking again later may help."""


def ask_days(url: str, key: str, station: int, first: date, last: date) -> WeatherFile:
    """Daily values of a station, first and last day included; at most 900 days."""
    content = _get(_address(url, key, station, first, last))
    try:
        return read_weather(content)
    except Unreadable as error:
        raise Unreachable(f"answer not understood ({error.kind})") from None


def _address(url: str, key: str, station: int, first: date, last: date) -> str:
    if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
        raise Unreachable("the address is neither http nor https")
    # The portal hands keys out percent-encoded too; encoding that again breaks it.
    plain_key = urllib.parse.unquote(key) if "%" in key else key
    query = urllib.parse.urlencode(
        {
            "serviceKey": plain_key,
            "pageNo": 1,
            "numOfRows": ROWS_MAX,
            "dataType": "JSON",
            "dataCd": "ASOS",
            "dateCd": "DAY",
            "startDt": f"{first:%Y%m%d}",
            "endDt": f"{last:%Y%m%d}",
            "stnIds": station,
        }
    )
    return f"{url.rstrip('/')}/getWthrDataList?{query}"


def _get(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT_S) as answer:  # noqa: S310 (scheme checked above)
            return bytes(answer.read(ANSWER_MAX_BYTES))
    except urllib.error.HTTPError as error:
        _raise_what_it_says(error.read(ANSWER_MAX_BYTES))
        raise Unreachable(f"HTTP {error.code}") from None
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        raise Unreachable(type(error).__name__) from None


def _raise_what_it_says(body: bytes) -> None:
    """A refusal with status 403 says in its body what is wrong with the key."""
    try:
        read_weather(body)
    except ServiceRefusal:
        raise
    except Unreadable:
        return
