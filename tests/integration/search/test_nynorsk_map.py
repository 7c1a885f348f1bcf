"""build_nynorsk_map: a marked file in the data folder, which the analysis uses and can do without."""

import io
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from search import analysis
from search.management.commands import build_nynorsk_map
from search.norwegian import nynorsk

PAIRS = "klokkar\tkirketjener\nklokkar\tringer\nskule\tskole\n"


@pytest.fixture
def fresh():
    """The analysis reads its files once per process."""

    def forget():
        for each in (nynorsk.fingerprint, nynorsk.pairs, nynorsk.bokmaal, analysis.term, analysis.analysed):
            each.cache_clear()
        analysis.lookup.cache_clear()

    forget()
    yield forget
    forget()


@pytest.fixture
def words(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text(PAIRS)
    return path


def test_the_file_says_whose_it_is_and_is_used(tmp_path, settings, words, fresh):
    settings.FORMIDLE_DATA = tmp_path / "data"
    assert analysis.term("klokkarane", "nn") != "ringe"
    call_command("build_nynorsk_map", words, stdout=io.StringIO())
    made = (tmp_path / "data" / nynorsk.BUILT).read_text()
    assert "GPL-2.0-or-later" in made
    assert "words.tsv, SHA-256" in made
    assert made.endswith("klokkar\tringer\tkirketjener\nskule\tskole\n")
    fresh()
    assert nynorsk.bokmaal("klokkar") == ("ringer", "kirketjener")
    assert {"ringer", "kirketjener"} <= {*analysis.analysed("klokkar", "nn").parts, analysis.term("klokkar", "nn")}
    assert "ringer" in analysis.lookup("klokkar").terms


def test_bokmaal_texts_and_queries_are_as_without_it(tmp_path, settings, words, fresh):
    settings.FORMIDLE_DATA = tmp_path / "data"
    before = [analysis.analysed(word, "nb") for word in ("skole", "ringer", "hus")], analysis.lookup("skolen")
    call_command("build_nynorsk_map", words, stdout=io.StringIO())
    fresh()
    assert ([analysis.analysed(word, "nb") for word in ("skole", "ringer", "hus")], analysis.lookup("skolen")) == before


def test_the_fingerprint_is_part_of_the_version(tmp_path, settings, words, fresh):
    settings.FORMIDLE_DATA = tmp_path
    assert nynorsk.fingerprint() == ""
    call_command("build_nynorsk_map", words, stdout=io.StringIO())
    fresh()
    code = "import django; django.setup(); from search import analysis; print(analysis.VERSION)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "FORMIDLE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cms.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip().endswith(f"-{nynorsk.fingerprint()}")


def test_another_data_folder(tmp_path, words):
    call_command("build_nynorsk_map", words, f"--data={tmp_path / 'other'}", stdout=io.StringIO())
    assert (tmp_path / "other" / nynorsk.BUILT).exists()


@pytest.mark.parametrize(("name", "told"), [("missing.deb", "No such file"), ("empty", "holds no pairs")])
def test_a_file_that_does_not_do_is_refused(tmp_path, settings, name, told):
    settings.FORMIDLE_DATA = tmp_path / "data"
    (tmp_path / "empty").write_text("")
    with pytest.raises(CommandError, match=told):
        call_command("build_nynorsk_map", tmp_path / name)
    assert not (tmp_path / "data").exists()


def test_without_apt_it_says_how_to_do_it_by_hand(tmp_path, settings, monkeypatch):
    settings.FORMIDLE_DATA = tmp_path
    monkeypatch.setattr(build_nynorsk_map, "INSTALLED", tmp_path / "not-installed")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match=r"no apt-get here.*FILE\.deb"):
        call_command("build_nynorsk_map")


def test_the_installed_package_is_used(tmp_path, settings, monkeypatch, words):
    settings.FORMIDLE_DATA = tmp_path
    monkeypatch.setattr(build_nynorsk_map, "INSTALLED", words)
    call_command("build_nynorsk_map", stdout=io.StringIO())
    assert "words.tsv" in nynorsk.built().read_text()
