from dataclasses import dataclass

from cms.plugins.contract import Plugin


@dataclass(frozen=True)
class LibrarySettings:
    """What a site may set: FORMIDLE_PLUGIN_SETTINGS='{"library": {"reference_prefix": "ST"}}'."""

    reference_prefix: str = "VAC"


plugin = Plugin(
    name="library",
    app="formidle_library",
    contract=1,
    requires=("home",),
    settings=LibrarySettings,
    summary="Vacancies of municipal libraries.",
)
