import pytest
from django.core.exceptions import ValidationError

from cms.content.blocks.people import MunicipalityBlock


def test_municipality_block_takes_a_number_of_the_register_and_no_other() -> None:
    block = MunicipalityBlock(required=False)
    assert block.clean("3405") == "3405"
    assert block.clean("") == ""
    for wrong in ("0501", "Lillehammer", "34"):
        with pytest.raises(ValidationError):
            block.clean(wrong)
    with pytest.raises(ValidationError):
        MunicipalityBlock().clean("")


def test_municipality_block_offers_the_register_by_county() -> None:
    blank, *groups = MunicipalityBlock(required=False).field.choices
    assert blank[0] == ""
    assert len(groups) == 15
    assert ("3405", "Lillehammer") in dict(groups)["Innlandet"]
