"""The floor plan is true: imports only point down."""

from importlinter import cli


def test_imports_only_point_down_and_pure_modules_stay_pure(monkeypatch):
    # Its own logging set-up would silence every logger for the tests that follow.
    monkeypatch.setattr(cli.logging_config, "dictConfig", lambda config: None)
    assert cli.lint_imports(cache_dir=None) == cli.EXIT_STATUS_SUCCESS
