"""Draw the pictures of the demo content into images/: `python demo/make_images.py [name …]`, after changing a scene.

The same code makes the same files, so they are committed beside it. A scene is a function without arguments that
returns its canvas; its name, with hyphens, is the name of the file.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import compositions
import landscapes
import rooms
from canvas import Canvas

IMAGES = Path(__file__).parent / "images"
SCENES: tuple[Callable[[], Canvas], ...] = (
    landscapes.mjosa,
    landscapes.glomma,
    landscapes.vang,
    landscapes.kraft,
    landscapes.gjovik,
    landscapes.hamar,
    rooms.kulturhus,
    rooms.direktesending,
    rooms.panel,
    rooms.talerstol,
    rooms.gruppearbeid,
    rooms.veiledning,
    rooms.kulturhjertet,
    compositions.kretslop,
    compositions.likestilling,
    compositions.kunstig_intelligens,
)


def draw(names: list[str]) -> None:
    IMAGES.mkdir(exist_ok=True)
    for scene in SCENES:
        name = scene.__name__.replace("_", "-")
        if not names or name in names:
            scene().save(IMAGES / f"{name}.jpg")


if __name__ == "__main__":
    draw(sys.argv[1:])
