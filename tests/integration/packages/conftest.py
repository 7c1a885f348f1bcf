from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from cms.content.packages.faults import PackageError
from cms.content.packages.importer import Report, import_package
from cms.setup.home_page import ensure_home_page
from tests.integration.packages import sample


@pytest.fixture
def site(db: None) -> Site:
    ensure_home_page()
    return Site.objects.get()


@pytest.fixture
def content() -> dict[str, Any]:
    """The sample package, for a test to change."""
    return sample.content()


Import = Callable[..., Report]


@pytest.fixture
def load(site: Site, tmp_path: Path) -> Import:
    """Imports what the test gives; published unless it says otherwise."""

    def load_(data: Any, publish: bool = True) -> Report:
        return import_package(sample.write(tmp_path / "package", data), site, publish)

    return load_


@pytest.fixture
def faults(load: Import) -> Callable[[Any], list[str]]:
    """The lines that an import ends with."""

    def faults_(data: Any, publish: bool = True) -> list[str]:
        with pytest.raises(PackageError) as raised:
            load(data, publish)
        return [str(fault) for fault in raised.value.faults]

    return faults_


@pytest.fixture
def page(site: Site) -> Callable[[str], Any]:
    """The page at a path."""

    def page_(path: str) -> Any:
        return Page.objects.get(url_path=site.root_page.url_path + path[1:]).specific

    return page_


def export(folder: Path) -> Path:
    call_command("export_content", str(folder))
    return folder
