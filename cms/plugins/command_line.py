"""Django's command line, where a plugin that stops the start is reported without a traceback."""

from __future__ import annotations

import sys

from cms.plugins.contract import PluginProblems


def execute(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(arguments)
    except PluginProblems as error:
        if arguments[1:2] == ["plugins"]:
            from cms.plugins import listing

            sys.stdout.write(listing.table(error.problems) + "\n")
            sys.stdout.flush()
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None
