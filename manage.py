#!/usr/bin/env python
"""One line of settings, then Django."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings.dev")

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
