"""A small drawing kit for the demo pictures: skies, ridges, water, trees and people without faces.

Coordinates are fractions of the width and height, so that a scene reads the same in any format; everything is drawn
at twice the size and scaled down once, which smooths the edges. Each picture has its own seeded generator: same code,
same picture.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

Colour = str | tuple[int, int, int]
Point = tuple[float, float]
Shape = Callable[[ImageDraw.ImageDraw, tuple[int, int, int] | int], None]
SCALE = 2
LARGEST_FILE_BYTES = 80_000


def rgb(colour: Colour) -> tuple[int, int, int]:
    if isinstance(colour, tuple):
        return colour
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: Colour, second: Colour, share: float) -> tuple[int, int, int]:
    """`share` of the second colour in the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(rgb(first), rgb(second), strict=True))
    return red, green, blue


class Canvas:
    def __init__(self, seed: str, width: int = 1600, height: int = 1067) -> None:
        self.size = (width, height)
        self.width, self.height = width * SCALE, height * SCALE
        self.random = random.Random(seed)  # noqa: S311 - pictures, not secrets
        self.image = Image.new("RGB", (self.width, self.height))

    # Areas

    def gradient(self, *colours: Colour, top: float = 0.0, bottom: float = 1.0) -> None:
        """Fill between two heights with a vertical run of colours, evenly spread."""
        box = (0, round(top * self.height), self.width, round(bottom * self.height))
        self.image.paste(self._run(colours, box[3] - box[1]), box)

    def polygon(self, points: Iterable[Point], *colours: Colour) -> None:
        """Fill an area with one colour, or with a vertical run from its top to its bottom."""
        pixels = [(x * self.width, y * self.height) for x, y in points]
        self._fill(lambda draw, fill: draw.polygon(pixels, fill=fill), colours, [y for _, y in pixels])

    def ellipse(self, x: float, y: float, radius: float, *colours: Colour, stretch: float = 1.0) -> None:
        """A circle whose radius is a fraction of the height; `stretch` multiplies its height."""
        across, up = radius * self.height, radius * self.height * stretch
        box = (x * self.width - across, y * self.height - up, x * self.width + across, y * self.height + up)
        self._fill(lambda draw, fill: draw.ellipse(box, fill=fill), colours, [box[1], box[3]])

    def block(self, left: float, top: float, right: float, bottom: float, *colours: Colour, corner: float = 0) -> None:
        """A rectangle; `corner` is the radius of its corners as a fraction of the height."""
        box = (left * self.width, top * self.height, right * self.width, bottom * self.height)
        radius = corner * self.height
        self._fill(lambda draw, fill: draw.rounded_rectangle(box, radius, fill=fill), colours, [box[1], box[3]])

    def stroke(self, points: Iterable[Point], colour: Colour, width: float, opacity: float = 1.0) -> None:
        """A line; its width is a fraction of the height."""
        pixels = [(x * self.width, y * self.height) for x, y in points]
        thick = max(1, round(width * self.height))
        if opacity == 1:
            ImageDraw.Draw(self.image).line(pixels, fill=rgb(colour), width=thick, joint="curve")
            return
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).line(pixels, fill=round(255 * opacity), width=thick, joint="curve")
        self.image.paste(rgb(colour), (0, 0), mask)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, colour: Colour, width: float) -> None:
        across = radius * self.height
        box = (x * self.width - across, y * self.height - across, x * self.width + across, y * self.height + across)
        ImageDraw.Draw(self.image).arc(box, start, end, fill=rgb(colour), width=round(width * self.height))

    def tint(self, shape: str, box: Sequence[float], colour: Colour, opacity: float) -> None:
        """A see-through rectangle or ellipse; box is left, top, right, bottom."""
        mask = Image.new("L", self.image.size)
        pixels = [box[0] * self.width, box[1] * self.height, box[2] * self.width, box[3] * self.height]
        getattr(ImageDraw.Draw(mask), shape)(pixels, fill=round(255 * opacity))
        self.image.paste(rgb(colour), (0, 0), mask)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.8) -> None:
        """Light that fades outwards."""
        side = round(radius * self.height * 2)
        light = Image.radial_gradient("L").point(lambda far: round(max(0, 1 - far / 180) ** 2 * 255 * strength))
        mask = light.resize((side, side), Image.Resampling.BICUBIC)
        corner = (round(x * self.width - side / 2), round(y * self.height - side / 2))
        self.image.paste(rgb(colour), corner, mask)

    # Landscape

    def ridge(self, level: float, relief: float, *colours: Colour, steepness: float = 0.5) -> list[Point]:
        """A range of hills to the foot of the picture; returns its outline. A low steepness is smooth."""
        heights = [self.random.uniform(-1, 1) for _ in range(5)]
        spread = 1.0
        while len(heights) < 260:
            spread *= steepness
            middles = [(a + b) / 2 + self.random.uniform(-spread, spread) for a, b in pairwise(heights)]
            heights = [each for pair in zip(heights, middles, strict=False) for each in pair] + heights[-1:]
        line = [(index / (len(heights) - 1), level - value * relief) for index, value in enumerate(heights)]
        self.polygon([*line, (1, 1), (0, 1)], *colours)
        return line

    def forest(self, line: Sequence[Point], colour: Colour, height: float, density: int) -> None:
        """Spruces along an outline, taller and shorter around `height`."""
        for index in range(density):
            x = (index + self.random.uniform(-0.6, 0.6)) / density
            foot = line[min(len(line) - 1, max(0, round(x * (len(line) - 1))))][1] + height * 0.25
            self.spruce(x, foot, height * self.random.uniform(0.55, 1.25), colour)

    def spruce(self, x: float, foot: float, height: float, colour: Colour) -> None:
        half = height * 0.19 * self.height / self.width
        points: list[Point] = [(x, foot - height)]
        left: list[Point] = []
        for step in (0.3, 0.55, 0.8, 1.0):
            points += [
                (x + half * step, foot - height * (1 - step)),
                (x + half * step * 0.6, foot - height * (1 - step)),
            ]
            left += [(x - half * step, foot - height * (1 - step)), (x - half * step * 0.6, foot - height * (1 - step))]
        ImageDraw.Draw(self.image).polygon(
            [(px * self.width, py * self.height) for px, py in [*points, *reversed(left)]], fill=rgb(colour)
        )

    def water(self, level: float, colour: Colour, clarity: float = 0.55, bottom: float = 1.0) -> None:
        """A still lake from `level` down that mirrors what stands above it."""
        top, depth = round(level * self.height), round((bottom - level) * self.height)
        above = self.image.crop((0, max(0, top - depth), self.width, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        mirror = above.resize((self.width, depth)).filter(ImageFilter.GaussianBlur(SCALE * 2))
        lake = Image.blend(Image.new("RGB", mirror.size, rgb(colour)), mirror, clarity)
        self.image.paste(lake, (0, top))
        for _ in range(46):
            share = self.random.random() ** 1.6
            x, length = self.random.random(), self.random.uniform(0.03, 0.16) * (0.4 + share)
            y = level + (bottom - level) * share
            shine = mix(colour, "#ffffff", 0.55)
            self.stroke([(x, y), (x + length, y)], shine, 0.0012 + 0.0016 * share, 0.16)

    # People

    def person(self, x: float, foot: float, height: float, clothes: Colour, skin: Colour, hair: Colour) -> None:
        """Someone standing, `height` tall as a fraction of the picture."""
        unit = height * self.height / self.width
        trousers = mix(clothes, "#10181d", 0.62)
        waist, neck = foot - height * 0.47, foot - height * 0.82
        for side in (-1, 1):
            self.polygon(
                [(x + side * unit * 0.015, waist), (x + side * unit * 0.115, waist), (x + side * unit * 0.085, foot),
                 (x + side * unit * 0.025, foot)], trousers,
            )  # fmt: skip
            self.stroke(
                [(x + side * unit * 0.135, neck + height * 0.06), (x + side * unit * 0.165, waist + height * 0.02)],
                mix(clothes, "#10181d", 0.14), height * 0.062,
            )  # fmt: skip
            self.ellipse(x + side * unit * 0.168, waist + height * 0.03, height * 0.026, skin)
        self._torso(x, neck, waist + height * 0.03, unit, clothes)
        self._head(x, neck - height * 0.075, height * 0.068, skin, hair)

    def bust(self, x: float, foot: float, height: float, clothes: Colour, skin: Colour, hair: Colour) -> None:
        """Someone from the chest up: behind a table, or in the audience."""
        unit = height * self.height / self.width
        self._torso(x, foot - height * 0.55, foot, unit * 2.1, clothes)
        self._head(x, foot - height * 0.72, height * 0.175, skin, hair)

    def audience(self, top: float, rows: int, near: Colour, far: Colour) -> None:
        """Rows of backs, larger and darker towards the viewer."""
        for row in range(rows):
            share = row / max(1, rows - 1)
            size = 0.12 + 0.17 * share
            colour = mix(far, near, share)
            step = size * 0.62 * self.height / self.width
            foot = top + size * 0.7 + (1.12 - top - size * 0.4) * share
            self.block(0, min(1, foot - size * 0.3), 1, 1, mix(colour, "#000000", 0.1))
            x = -step * self.random.random()
            while x < 1 + step:
                lean = self.random.uniform(-0.18, 0.18) * step
                tall = size * self.random.uniform(0.9, 1.06)
                tone = mix(colour, "#000000", self.random.uniform(0, 0.14))
                head = mix(tone, "#000000", 0.25)
                self.bust(x + lean, foot, tall, tone, head, head)
                x += step

    def _torso(self, x: float, neck: float, waist: float, unit: float, clothes: Colour) -> None:
        rise = (waist - neck) * 0.12
        outline = [
            (x - unit * 0.05, neck - rise), (x + unit * 0.05, neck - rise), (x + unit * 0.14, neck + rise),
            (x + unit * 0.165, neck + rise * 3), (x + unit * 0.13, waist), (x - unit * 0.13, waist),
            (x - unit * 0.165, neck + rise * 3), (x - unit * 0.14, neck + rise),
        ]  # fmt: skip
        self.polygon(outline, clothes, mix(clothes, "#10181d", 0.2))

    def _head(self, x: float, y: float, radius: float, skin: Colour, hair: Colour) -> None:
        across = radius * self.height / self.width
        self.block(x - across * 0.42, y, x + across * 0.42, y + radius * 1.5, mix(skin, "#402a1c", 0.16))
        self.ellipse(x, y - radius * 0.1, radius, hair)
        self.ellipse(x, y + radius * 0.17, radius * 0.9, skin, stretch=1.06)

    # Out

    def save(self, path: Path) -> None:
        """The best JPEG that stays under the size the demo allows itself."""
        picture = self.image.resize(self.size, Image.Resampling.LANCZOS)
        for quality in range(90, 40, -4):
            picture.save(path, "JPEG", quality=quality, optimize=True, progressive=True)
            if path.stat().st_size <= LARGEST_FILE_BYTES:
                return
        raise ValueError(f"{path.name} does not fit in {LARGEST_FILE_BYTES} bytes")

    def _run(self, colours: Sequence[Colour], height: int) -> Image.Image:
        strip = Image.new("RGB", (1, max(1, len(colours))))
        strip.putdata([rgb(colour) for colour in colours])
        if len(colours) == 1:
            return strip.resize((self.width, max(1, height)))
        column = Image.new("RGB", (1, max(1, height)))
        last = len(colours) - 1
        for y in range(max(1, height)):
            place = y / max(1, height - 1) * last
            index = min(int(place), last - 1)
            column.putpixel((0, y), mix(colours[index], colours[index + 1], place - index))
        return column.resize((self.width, max(1, height)))

    def _fill(self, shape: Shape, colours: Sequence[Colour], heights: Sequence[float]) -> None:
        if len(colours) == 1:
            shape(ImageDraw.Draw(self.image), rgb(colours[0]))
            return
        top, bottom = max(0, round(min(heights))), min(self.height, round(max(heights)))
        if bottom <= top:
            return
        mask = Image.new("L", self.image.size)
        shape(ImageDraw.Draw(mask), 255)
        self.image.paste(self._run(colours, bottom - top), (0, top), mask.crop((0, top, self.width, bottom)))
