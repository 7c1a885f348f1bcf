"""What people type into a search by mistake and nobody may keep: numbers and addresses that tell who somebody is."""

from __future__ import annotations

import re
import unicodedata

DIGITS = 8
"""So many, whatever stands between, are a phone, account, card, organisation or birth number, or a KID."""

E_MAIL = re.compile(r"\w.*(?:@|%40)|(?:@|%40).*\w|\bmailto:|[(\[{]\s*at\s*[)\]}]|\bkrøllalfa\b", re.IGNORECASE)
ROW = re.compile(r"\d(?:[\W_]*\d)*")
YEARS = re.compile(r"(?:19|20)\d\d(?:(?:\s*[-–/,]\s*|\s+)(?:19|20)\d\d)*")
CASE = re.compile(r"(?:19|20)\d\d/\d{1,6}(?:-\d{1,3})?")
"""A case in the public records, as ``2023/1234-5``."""
BIRTHDAY = re.compile(r"(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d\d")
"""Six digits as a birth number or a D number begins."""


def is_personal(text: str) -> bool:
    """Rather too often than too seldom: a search that is not counted is no loss.

    >>> [is_personal(text) for text in ("01.01.90 fnr 12345", "ring 22 33 44 55", "a@b.no", "barnehage 2023-2024")]
    [True, True, True, False]
    """
    text = unicodedata.normalize("NFKC", text)
    if E_MAIL.search(text):
        return True
    rows = [row for row in ROW.findall(text) if not (YEARS.fullmatch(row) or CASE.fullmatch(row))]
    digits = sum(character.isdigit() for row in rows for character in row)
    return digits >= DIGITS or any(BIRTHDAY.fullmatch(row) for row in rows)
