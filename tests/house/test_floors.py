"""The floor plan is true: imports only point down."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_imports_only_point_down_and_pure_modules_stay_pure():
    assert lint_imports(cache_dir=None) == EXIT_STATUS_SUCCESS
