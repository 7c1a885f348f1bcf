from __future__ import annotations

import pytest

from cms.website import files


@pytest.mark.parametrize(
    ("size", "language", "expected"),
    [(512, "nb", "512 byte"), (48_300, "nb", "48 kB"), (1_234_567, "nb", "1,2 MB"), (1_234_567, "en", "1.2 MB")],
)
def test_size_in_words(size, language, expected):
    assert files.human_size(size, language) == expected


def test_kind_falls_back_to_the_ending():
    assert files.kind_of_file("application/pdf", "/x") == "PDF"
    assert files.kind_of_file("application/octet-stream", "/media/kart.gpx?v=1") == "GPX"
    assert files.kind_of_file("", "/media/ukjent") == ""
