"""What people type into a search by mistake and nobody may keep: numbers and addresses that tell who somebody is."""

from __future__ import annotations

import re
import unicodedata

DIGITS = 8
"""So many, with spaces or the like in between, are a phone, account, card, organisation or birth number, or a KID."""

E_MAIL = re.compile(r"\w\s*@\s*\w|\bmailto:")
BETWEEN = r"[ \u00a0.,:/()*_–-]*"
ROW = re.compile(rf"\+?{BETWEEN}\d(?:{BETWEEN}\d)*")
YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-–/,]?\s*(?:19|20)\d\d)*")
CASE = re.compile(r"(?:19|20)\d\d/\d{1,6}(?:-\d{1,3})?")
"""A case in the public records, as ``2023/1234-5``."""
BIRTHDAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d")
"""Six digits as a birth number begins."""


def is_personal(text: str) -> bool:
    """Rather too often than too seldom: a search that is not counted is no loss.

    >>> [is_personal(text) for text in ("01019012345", "ring 22 33 44 55", "a@b.no", "barnehage 2023-2024")]
    [True, True, True, False]
    """
    text = unicodedata.normalize("NFKC", text)
    if E_MAIL.search(text):
        return True
    return any(_is_personal(found[0].strip(" \u00a0.,:/()*_–-")) for found in ROW.finditer(text))


def _is_personal(row: str) -> bool:
    if YEARS.fullmatch(row) or CASE.fullmatch(row):
        return False
    digits = re.sub(r"\D", "", row)
    return len(digits) >= DIGITS or bool(BIRTHDAY.fullmatch(digits) and row == digits)
