"""Every request in docs/api.md is made, and the answer has what the page shows of it."""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings

from cms.api.problems import PROBLEMS

DOCS = settings.BASE_DIR / "docs"
BLOCK = re.compile(r"```(http|json)\n(.*?)```", re.DOTALL)


def examples() -> list[tuple[list[str], Any]]:
    """Requests, and the JSON shown right after them (None where there is none)."""
    blocks = BLOCK.findall((DOCS / "api.md").read_text(encoding="utf-8"))
    found: list[tuple[list[str], Any]] = []
    for kind, text in blocks:
        if kind == "http":
            found.append((text.strip().splitlines(), None))
        else:
            found[-1] = (found[-1][0], json.loads(text))
    return found


def missing(shown: Any, answer: Any, place: str = "") -> list[str]:
    """Places where the answer lacks a key that the page shows, or has another type there."""
    if isinstance(shown, dict) and isinstance(answer, dict):
        lacking = [f"{place}.{key}" for key in shown if key not in answer]
        return lacking + [
            each for key in shown if key in answer for each in missing(shown[key], answer[key], f"{place}.{key}")
        ]
    if isinstance(shown, list) and isinstance(answer, list):
        return [each for one in shown for each in (missing(one, answer[0], f"{place}[]") if answer else [place])]
    fits = shown is None or answer is None or isinstance(answer, type(shown) if not isinstance(shown, float) else float)
    return [] if fits else [f"{place}: {answer!r}"]


def test_requests_of_the_guide_answer_as_it_shows(published, api):
    page = str(published["report"].pk)
    asked = 0
    for requests, shown in examples():
        for number, line in enumerate(requests):
            request = re.fullmatch(r"GET (\S+)(?: → (\d+))?", line)
            assert request, line
            url, status = request.groups()
            url = re.sub(r"(content/|ids=|similar_to=)12\b", rf"\g<1>{page}", url)
            answer = api.get(url, int(status or 200))
            asked += 1
            if number == 0 and shown is not None:
                assert missing(shown, answer) == [], url
    assert asked > 15


def test_every_problem_is_explained():
    text = (DOCS / "problems.md").read_text(encoding="utf-8")
    words = " ".join(text.split())
    for problem in PROBLEMS.values():
        assert f"## {problem.title}\n\n{problem.status} · `{problem.uri}`" in text
        assert problem.explanation in words
    assert text.count("\n## ") == len(PROBLEMS)
