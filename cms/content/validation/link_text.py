"""Link texts that say nothing when they are read alone, as a screen reader's list of links does."""

from __future__ import annotations

import re

NORWEGIAN = """
her / les mer / les meir / les mer her / les meir her / les her / les videre / les vidare / klikk / klikk her / trykk
trykk her / se her / sjå her / se mer / sjå meir / mer / meir / mer informasjon / meir informasjon / mer info
meir info / lenke / lenkje / link / denne lenken / denne lenkja / denne siden / denne sida / hit / gå hit / last ned
last ned her
"""
ENGLISH = """
here / click here / go here / see here / read more / read more here / see more / more / more info / more information
learn more / link / this link / this page / download
"""
VAGUE = frozenset(text.strip() for line in (NORWEGIAN + ENGLISH).splitlines() for text in line.split("/") if text)


def is_vague(text: str) -> bool:
    """
    >>> is_vague("Les mer …"), is_vague("Les mer om seminaret")
    (True, False)
    """
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split()) in VAGUE
