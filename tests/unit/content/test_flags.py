from __future__ import annotations

from django.utils import translation

from cms.content.kinds import Flag
from cms.plugins.spec import Key


def test_facet_of_a_flag_says_yes_and_no_in_norwegian() -> None:
    with translation.override("en"):
        assert [*Flag().keys(True, ("free",)), *Flag().keys(False, ("free",))] == [
            Key("free", "true", "Ja"),
            Key("free", "false", "Nei"),
        ]
