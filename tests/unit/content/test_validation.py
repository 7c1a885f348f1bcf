from cms.content.validation.errors import flatten, nest
from cms.content.validation.finding import Finding, stop, warn
from cms.content.validation.link_text import is_vague


def test_place_reads_like_a_path():
    assert stop("", "programme", 0, "start").path == "programme[0].start"
    assert warn("", "text").within("body", 2).place == ("body", 2, "text")


def test_nested_errors_hold_every_finding_at_its_place():
    found = {
        stop("a", 0, "start"),
        stop("b", 0, "speakers", 1, "name"),
        stop("c", 0, "speakers", 1, "name"),
        stop("d", 2),
        Finding((), "stop", "e"),
    }
    assert set(flatten(nest(found))) == found


def test_vague_link_texts():
    for text in ("Les mer", "les meir »", "HER", "Klikk her!", "Read more…", "  se   her "):
        assert is_vague(text), text
    for text in ("", "Les mer om seminaret", "Programmet som PDF", "Herøy kommune"):
        assert not is_vague(text), text
