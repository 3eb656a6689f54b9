"""`manage.py load_weather`: files as people have them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from livinglab.observations.models import DailyWeather
from tests import make

HEADER = "지점,지점명,일시,평균기온(°C),최저기온(°C),최고기온(°C)\n"


@pytest.fixture
def download(tmp_path: Path) -> Path:
    file = tmp_path / "OBS_ASOS_DD.csv"
    rows = "143,대구,2026-01-01,-1.2,-6.4,4.1\n143,대구,2026-01-02,,,\n"
    file.write_bytes((HEADER + rows).encode("cp949"))
    return file


def load(file: Path, **options: object) -> str:
    out = StringIO()
    call_command("load_weather", file, stdout=out, **options)
    return out.getvalue()


def test_a_download_is_stored_with_missing_kept_missing(
    db: None, download: Path
) -> None:
    make.station(143)
    assert "143" in load(download)
    assert list(
        DailyWeather.objects.order_by("day").values_list("tmean", "source")
    ) == [
        (-1.2, "kma"),
        (None, "kma"),
    ]


def test_a_dry_run_stores_nothing(db: None, download: Path) -> None:
    make.station(143)
    assert "cp949" in load(download, dry_run=True)
    assert not DailyWeather.objects.exists()


def test_a_file_of_an_unknown_station_is_refused(db: None, download: Path) -> None:
    with pytest.raises(CommandError, match="143"):
        load(download)
    assert not DailyWeather.objects.exists()


def test_a_file_that_names_no_station_needs_one(db: None, tmp_path: Path) -> None:
    station = make.station(119)
    file = tmp_path / "suwon.csv"
    file.write_text("date,tmean,tmin,tmax,rh\n2026-01-01,1.1,-3.4,5.1,76\n")
    with pytest.raises(CommandError):
        load(file)
    load(file, station=119, source="reanalysis")
    assert station.days.get().source == "reanalysis"


def test_a_mostly_unreadable_file_is_refused_whole(db: None, tmp_path: Path) -> None:
    make.station(143)
    file = tmp_path / "broken.csv"
    file.write_text("date,stn,tmean\n2026-01-01,143,1\n?,143,2\n?,143,3\n")
    with pytest.raises(CommandError):
        load(file)
    assert not DailyWeather.objects.exists()


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\x00\x01"])
def test_what_is_no_weather_is_refused_with_a_sentence(
    db: None, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "odd"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        load(file)


def test_real_daegu_weather_loads_whole(db: None, shared_data: Path) -> None:
    station = make.station(143)
    file = shared_data / "kma" / "daegu_143_daily_temp_2022_2024.csv"
    load(file)
    assert station.days.count() == 730
    load(file)
    assert station.days.count() == 730
