"""Plugins that each have one fault, and what the report must say of it: (message, cure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.plugins.packages import put


def descriptor(name: str, **values: object) -> str:
    given = {"name": name, "app": name.replace("-", "_"), "contract": 1, **values}
    arguments = ", ".join(f"{key}={value!r}" for key, value in given.items())
    return f"from cms.plugins.contract import Plugin\n\nplugin = Plugin({arguments})\n"


def class_name(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def model(
    name: str, expose: str = "", spec: str = "", fields: str = "", above: str = "", base: str = "ContentPage"
) -> str:
    """The module ``models`` of a plugin with one type of the plugin's name."""
    return "\n".join(
        [
            "from django.db import models",
            "from wagtail import blocks",
            "from wagtail.fields import StreamField",
            "from cms.content import kinds",
            "from cms.content.pages import ContentPage",
            "from cms.plugins.spec import ContentSpec, Expose",
            above,
            f"class {class_name(name)}({base}):",
            f"    content_spec = ContentSpec({spec or f'type={name!r}, plural={name!r}'}, fields=({expose}))",
            fields and f"    {fields}",
        ]
    )


@dataclass(frozen=True)
class Broken:
    """``modules`` besides the descriptor; ``says`` are parts of the report under the plugin's name."""

    name: str
    says: tuple[str, ...]
    modules: dict[str, str] = field(default_factory=dict)
    plugin: str = ""
    entry: str = ""
    distribution: str = ""

    def install(self, folder: Path) -> None:
        put(
            folder,
            self.name,
            {"plugin.py": self.plugin or descriptor(self.name), **self.modules},
            self.entry,
            self.distribution,
        )


FUSSY = """
from dataclasses import dataclass


@dataclass
class S:
    colour: str = ""
    loan_days: int = 1


"""
SETTINGS = '{"fussy": {"colur": "red", "loan_days": "many"}, "nobody": {}}'

BROKEN = (
    Broken(
        "old-contract",
        ("it is written for contract version 0; this Formidle has version 1.", "CMS_PLUGINS_DISABLE=old-contract"),
        plugin=descriptor("old-contract", contract=0),
    ),
    Broken(
        "core", ("its name is reserved for the core.", "Rename the plugin."), plugin=descriptor("core", app="core_app")
    ),
    Broken(
        "other-name",
        ("its entry point is called 'other-name', its descriptor 'another-name'.",),
        plugin=descriptor("another-name"),
    ),
    Broken("no-plugin", ("names no_plugin.plugin:plugin, which is no Plugin.",), plugin="plugin = {}"),
    Broken(
        "import-error",
        (
            "its descriptor import_error.plugin:plugin cannot be imported: ModuleNotFoundError: No module named",
            "'not_there' (import_error.plugin, line 1).",
            "start without it: CMS_PLUGINS_DISABLE=import-error",
        ),
        plugin="import not_there",
    ),
    Broken(
        "model-import",
        ("imports Django models", "(model_import.plugin, line 1)", "imports only cms.plugins.contract"),
        plugin="from cms.content.pages import ContentPage",
    ),
    Broken(
        "app-error",
        (
            "its Django app app_error cannot be loaded: NameError: name 'nothing' is not defined",
            "(app_error.apps, line 1).",
        ),
        {"apps.py": "nothing"},
    ),
    Broken(
        "early-models",
        ("its Django app early_models imports models too early", "Import models inside functions"),
        {"apps.py": "from early_models import models", "models.py": model("early-model")},
    ),
    Broken(
        "models-error",
        (
            "its models cannot be loaded: ImportError: cannot import name 'Nothing' from 'cms.content.kinds'",
            "(models_error.models, line",
            "CMS_PLUGINS_DISABLE=models-error",
        ),
        {"models.py": model("fine") + "\nfrom cms.content.kinds import Nothing\n"},
    ),
    Broken(
        "needy",
        ("it requires the plugin nowhere, which is not installed.", "Install nowhere"),
        plugin=descriptor("needy", requires=("home", "nowhere")),
    ),
    Broken(
        "needs-broken",
        ("it requires the plugin import-error, which is broken.", "Repair import-error"),
        plugin=descriptor("needs-broken", requires=("import-error",)),
    ),
    Broken(
        "circle-a",
        (
            "plugins require each other in a circle: circle-a → circle-b → circle-a.",
            "CMS_PLUGINS_DISABLE=circle-a,circle-b",
        ),
        plugin=descriptor("circle-a", requires=("circle-b",)),
    ),
    Broken("circle-b", (), plugin=descriptor("circle-b", requires=("circle-a",))),
    Broken(
        "fussy",
        (
            "it has no setting 'colur'.",
            "Did you mean 'colour'?",
            "its setting 'loan_days' is 'many'.",
            "Give a value of type int.",
        ),
        plugin=FUSSY + descriptor("fussy").replace("contract=1", "contract=1, settings=S"),
    ),
    Broken(
        "unknown-field",
        ("unknown-field.colour shows 'colour', which UnknownField does not have.", "add the field"),
        {"models.py": model("unknown-field", 'Expose("colour"),')},
    ),
    Broken(
        "no-kind",
        ("no-kind.price has no JSON: NoKind.price: no kind is known for DecimalField; give Expose(kind=…).",),
        {
            "models.py": model(
                "no-kind", 'Expose("price"),', fields="price = models.DecimalField(max_digits=9, decimal_places=2)"
            )
        },
    ),
    Broken(
        "other-authors",
        (
            "other-authors.authors: website, feeds and calendars know this key as another JSON.",
            'Give the key another name: Expose("my_name", source=…); or',
        ),
        {"models.py": model("other-authors", 'Expose("authors"),', fields="authors = models.TextField()")},
    ),
    Broken(
        "odd-dates",
        (
            "odd-dates.begins: the type is an Event, and calendars cannot read its dates from this kind.",
            "Show the field of `dates` itself: an instant or a day.",
        ),
        {
            "models.py": model(
                "odd-dates",
                'Expose("begins", kind=kinds.Text()),',
                'type="odd-dates", plural="odd-dates", schema_org="Event", dates=("begins", "begins")',
                "begins = models.DateTimeField()",
            )
        },
    ),
    Broken(
        "kind-class",
        ("kind-class.name: kind is <class 'cms.content.kinds.scalars.Text'>, which is no kind.", "kind=kinds.Texts()"),
        {"models.py": model("kind-class", 'Expose("name", kind=kinds.Text),', fields="name = models.TextField()")},
    ),
    Broken(
        "no-json",
        ("no-json.body2 has no JSON: ColourBlock has no JSON: give it to_document, document_shape and from_package.",),
        {
            "models.py": model(
                "no-json",
                'Expose("body2"),',
                fields='body2 = StreamField([("text", blocks.CharBlock()), ("colour", ColourBlock())], blank=True)',
                above="class ColourBlock(blocks.FieldBlock):\n    pass\n",
            )
        },
    ),
    Broken(
        "bare-image",
        ("An ImageChooserBlock has no room for alternative text: use cms.content.blocks.media.ImageBlock.",),
        {
            "models.py": model(
                "bare-image",
                'Expose("pictures"),',
                fields='pictures = StreamField([("image", ImageChooserBlock())], blank=True)',
                above="from wagtail.images.blocks import ImageChooserBlock",
            )
        },
    ),
    Broken(
        "bad-shape",
        ("bad-shape.words has no JSON: set[str] is not a shape",),
        {
            "models.py": model(
                "bad-shape",
                'Expose("words", kind=Words()),',
                above="class Words(kinds.BaseKind):\n    whole_page = True\n    shape = lambda self: set[str]\n",
            )
        },
    ),
    Broken(
        "two-structs",
        ("two different objects in its JSON are both called 'StructValue'.",),
        {
            "models.py": model(
                "two-structs",
                'Expose("parts"),',
                fields='parts = StreamField([("a", blocks.StructBlock([("x", blocks.CharBlock())])), '
                '("b", blocks.StructBlock([("y", blocks.CharBlock())]))], blank=True)',
            )
        },
    ),
    Broken(
        "bad-filters",
        (
            "bad-filters.name: the filter 'year' is a parameter of every type.",
            "bad-filters.name: the facets brand are no filters.",
            "bad-filters.when_made: its kind Date has no values to filter by.",
        ),
        {
            "models.py": model(
                "bad-filters",
                'Expose("name", filters=("year",), facets=("brand",)), Expose("when_made", filters=("made",))',
                fields="name = models.TextField()\n    when_made = models.DateField(null=True)",
            )
        },
    ),
    Broken(
        "bad-keys",
        (
            "bad-keys.title: every document has a key of this name.",
            "bad-keys.My-Key: the key is not lower-case words joined by underscores.",
            "bad-keys.name is declared twice.",
        ),
        {
            "models.py": model(
                "bad-keys",
                'Expose("title"), Expose("My-Key", source="name"), Expose("name"), Expose("name", search=1.0)',
                fields="name = models.TextField()",
            )
        },
    ),
    Broken(
        "bad-dates",
        ("bad-dates: dates name 'day', which is no DateTimeField of BadDates.",),
        {
            "models.py": model(
                "bad-dates",
                spec='type="bad-dates", plural="bad-dates", dates=("day", "day")',
                fields="day = models.DateField(null=True)",
            )
        },
    ),
    Broken(
        "taken",
        (
            "Taken has the type 'event', which is taken by Event of articles.",
            "Taken has the plural 'events', which is taken by Event of articles.",
        ),
        {"models.py": model("taken", spec='type="event", plural="events"')},
    ),
    Broken(
        "reserved",
        ("the type 'image' is reserved for the core.", "the plural 'search' is reserved for the core."),
        {"models.py": model("reserved", spec='type="image", plural="search"')},
    ),
    Broken(
        "misspelt",
        ("the type 'Big Thing' is not lower-case words joined by hyphens.",),
        {"models.py": model("misspelt", spec='type="Big Thing", plural="misspelts"')},
    ),
    Broken(
        "no-page",
        ("NoPage has a content_spec, but is no ContentPage.",),
        {"models.py": model("no-page", base="models.Model")},
    ),
    Broken(
        "no-spec",
        ("NoSpec is a ContentPage without a content_spec of its own.", "or make the class abstract"),
        {"models.py": "from cms.content.pages import ContentPage\n\n\nclass NoSpec(ContentPage):\n    pass\n"},
    ),
    Broken(
        "same-app",
        ("its Django app articles is also that of articles.",),
        plugin=descriptor("same-app", app="articles"),
    ),
    Broken(
        "label-clash",
        ("the label 'content' of its Django app label_clash is also that of cms.content.", "Set another label"),
        {
            "apps.py": "from django.apps import AppConfig\n\n\n"
            "class C(AppConfig):\n    name = 'label_clash'\n    label = 'content'\n"
        },
    ),
    Broken("twin", ("two installed packages call themselves so: twin 1.0 and twin-again 1.0.",)),
)
TWIN = Broken(
    "twin-again", (), plugin=descriptor("twin"), entry="twin = twin_again.plugin:plugin", distribution="twin-again"
)
FIELD_AS_MODEL = Broken(
    "field-as-model",
    (
        "FieldAsModel of field-as-model has the field 'event', as the page model Event of articles is called.",
        "is shown by Expose('event', source=…).",
    ),
    {"models.py": model("field-as-model", 'Expose("event"),', fields="event = models.TextField()")},
)
SAME_MODEL = Broken("same-model", (), {"models.py": model("event", spec='type="same-model", plural="same-models"')})


def install_all(folder: Path) -> None:
    for each in (*BROKEN, TWIN):
        each.install(folder)


def names() -> Iterable[str]:
    return [each.name for each in BROKEN]
