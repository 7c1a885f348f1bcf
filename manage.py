#!/usr/bin/env python3
"""Django's command line: `python3 dev.py manage …` runs it in the right environment."""

import gc
import os
import sys

from cms.setup.parent import follow_parent


def main() -> None:
    follow_parent()
    gc.set_threshold(100_000)  # what is loaded stays: looking through it for garbage takes a tenth of a start
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    from cms.plugins.command_line import execute

    execute(sys.argv)


if __name__ == "__main__":
    main()
