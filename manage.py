#!/usr/bin/env python
"""Django's command line for this project; `python3 dev.py …` calls it inside the right environment."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    execute_from_command_line(sys.argv)
