"""Mountains, forests and lakes."""

from itertools import pairwise

from canvas import Canvas, mix
from palette import PAPER, PINE, RUST


def mjosa() -> Canvas:
    """Dawn over a wide lake."""
    canvas = Canvas("mjosa", 1920, 1080)
    canvas.gradient("#3d5f7c", "#8fa9b5", "#e9cfae", "#f3d9ae", bottom=0.62)
    canvas.glow(0.66, 0.5, 0.62, "#ffe9bd", 0.9)
    canvas.ellipse(0.66, 0.475, 0.045, "#fff6de")
    for level, relief, near in ((0.5, 0.055, 0.12), (0.55, 0.06, 0.4), (0.6, 0.05, 0.75)):
        line = canvas.ridge(level, relief, mix("#b9bcb6", PINE, near), mix("#d9c9ae", PINE, near), steepness=0.48)
    canvas.forest(line, mix("#b9bcb6", PINE, 0.92), 0.035, 220)
    canvas.water(0.64, "#56788a", 0.62)
    shore = canvas.ridge(0.965, 0.03, "#16282b")
    canvas.forest([point for point in shore if point[0] < 0.24 or point[0] > 0.9], "#122225", 0.16, 16)
    for x in (0.01, 0.035, 0.07, 0.1, 0.135, 0.93, 0.955, 0.985):
        canvas.spruce(x, 1.02, canvas.random.uniform(0.22, 0.4), "#122225")
    return canvas


def glomma() -> Canvas:
    """Spruce forest in mist along a river."""
    canvas = Canvas("glomma")
    canvas.gradient("#dfe6e0", "#eef0e8", "#d6e0dc")
    for depth, level in enumerate((0.34, 0.42, 0.5, 0.58)):
        tone = mix("#c3d1ce", "#23474a", depth / 3.4)
        line = canvas.ridge(level, 0.06, tone, mix(tone, "#e6ece8", 0.5), steepness=0.45)
        canvas.forest(line, tone, 0.06 + 0.035 * depth, 130 - 24 * depth)
    canvas.water(0.68, "#9cb6b8", 0.6)
    canvas.polygon([(0, 0.72), (0.3, 0.76), (0.46, 0.85), (0.4, 1), (0, 1)], "#31504a", "#1d3533")
    canvas.polygon([(1, 0.75), (0.8, 0.79), (0.66, 0.9), (0.7, 1), (1, 1)], "#31504a", "#1d3533")
    for x in (0.03, 0.1, 0.16, 0.24, 0.31, 0.83, 0.9, 0.97):
        canvas.spruce(x, 0.8 + 0.28 * canvas.random.random(), canvas.random.uniform(0.3, 0.5), "#193130")
    return canvas


def vang() -> Canvas:
    """High mountains over a lake in Valdres, blue light."""
    canvas = Canvas("vang")
    canvas.gradient("#5c87a3", "#a9c6d3", "#e6e8e0", bottom=0.7)
    far = canvas.ridge(0.32, 0.13, "#8fadbd", "#c7d8dc", steepness=0.56)
    _snow(canvas, far, 0.33)
    near = canvas.ridge(0.43, 0.14, "#56788d", "#9db8c0", steepness=0.54)
    _snow(canvas, near, 0.42)
    canvas.ridge(0.56, 0.06, "#3c6068", "#5d8080", steepness=0.46)
    slope = canvas.ridge(0.64, 0.035, "#2c5049", "#40685a", steepness=0.45)
    canvas.forest(slope, "#274841", 0.05, 150)
    canvas.water(0.69, "#6f9aae", 0.6)
    canvas.polygon(
        [(0, 0.84), (0.12, 0.835), (0.34, 0.85), (0.52, 0.885), (0.72, 0.93), (0.88, 0.945), (1, 0.935), (1, 1),
         (0, 1)],
        "#8a9a55", "#4f6236",
    )  # fmt: skip
    for x, foot, wall in ((0.08, 0.875, "#d9c9a8"), (0.17, 0.885, RUST), (0.27, 0.9, RUST)):
        canvas.block(x, foot - 0.065, x + 0.05, foot, wall, mix(wall, "#2a1410", 0.25))
        canvas.polygon([(x - 0.006, foot - 0.062), (x + 0.025, foot - 0.12), (x + 0.056, foot - 0.062)], "#2e3434")
        canvas.block(x + 0.02, foot - 0.042, x + 0.032, foot - 0.022, "#f6e2a4")
    return canvas


def _snow(canvas: Canvas, line: list[tuple[float, float]], limit: float) -> None:
    """White where the outline is above `limit`, in tongues that follow the slope down."""
    share, under = 0.4, []
    for x, y in line:
        share = min(0.8, max(0.12, share + canvas.random.uniform(-0.13, 0.13)))
        under.append((x, y + max(0.0, limit - y) * share))
    canvas.polygon([*line, *reversed(under)], "#f6f7f3", "#dfe9ea")


def kraft() -> Canvas:
    """Power lines over hills at dusk."""
    canvas = Canvas("kraft")
    canvas.gradient("#2f4458", "#6d7f8c", "#d8a173", "#efc48a", bottom=0.72)
    canvas.glow(0.24, 0.6, 0.6, "#ffdca0", 0.85)
    canvas.ridge(0.58, 0.06, "#7d7f83", "#b39a84", steepness=0.5)
    canvas.ridge(0.67, 0.06, "#46565f", "#6b6d6b", steepness=0.48)
    feet = ((0.93, 0.88, 0.72), (0.56, 0.78, 0.4), (0.36, 0.71, 0.23), (0.245, 0.665, 0.14))
    hang = [[_mast(canvas, *foot)[arm] for foot in feet] for arm in range(6)]
    for wire in hang:
        points = [(1.25, wire[0][1] - 0.06), *wire]
        for (x1, y1), (x2, y2) in pairwise(points):
            sag = abs(x2 - x1) * 0.14
            canvas.stroke(
                [(x1 + (x2 - x1) * t / 16, y1 + (y2 - y1) * t / 16 + sag * (1 - (t / 8 - 1) ** 2)) for t in range(17)],
                "#1b262d",
                0.0022,
            )
    line = canvas.ridge(0.87, 0.035, "#1f3036", "#131e23", steepness=0.45)
    canvas.forest(line, "#1a2a30", 0.06, 90)
    return canvas


def _mast(canvas: Canvas, x: float, foot: float, height: float) -> list[tuple[float, float]]:
    """A pylon; returns where its wires hang."""
    unit, dark, top = height * canvas.height / canvas.width, "#17222a", foot - height
    thick = height * 0.012
    for side in (-1, 1):
        canvas.stroke(
            [(x + side * unit * 0.13, foot), (x + side * unit * 0.035, foot - height * 0.62), (x, top)], dark, thick
        )
    steps = [0.0, 0.2, 0.36, 0.5, 0.62]
    for low, high in pairwise(steps):
        wide, narrow = unit * (0.13 - 0.153 * low), unit * (0.13 - 0.153 * high)
        canvas.stroke([(x - wide, foot - height * low), (x + narrow, foot - height * high)], dark, thick * 0.6)
        canvas.stroke([(x + wide, foot - height * low), (x - narrow, foot - height * high)], dark, thick * 0.6)
    hangs = []
    for share, reach in ((0.62, 0.2), (0.76, 0.25), (0.9, 0.16)):
        y = foot - height * share
        canvas.stroke([(x - unit * reach, y), (x, y - height * 0.03), (x + unit * reach, y)], dark, thick)
        for side in (-1, 1):
            hangs.append((x + side * unit * reach, y + height * 0.035))
            canvas.stroke([(x + side * unit * reach, y), hangs[-1]], dark, thick * 0.8)
    return hangs


def gjovik() -> Canvas:
    """A small town by the water on a winter evening."""
    canvas = Canvas("gjovik")
    canvas.gradient("#1a2740", "#34466a", "#7c7f9c", "#c9a5a0", bottom=0.6)
    for _ in range(70):
        canvas.ellipse(
            canvas.random.random(), canvas.random.random() * 0.34, canvas.random.uniform(0.0008, 0.0019), "#dfe4ee"
        )
    canvas.ridge(0.48, 0.06, "#3c4a68", "#6a6d88", steepness=0.5)
    line = canvas.ridge(0.56, 0.045, "#27344d", "#3c4661", steepness=0.46)
    canvas.forest(line, "#222e45", 0.04, 200)
    walls = ("#7d3f38", "#b08a55", "#5d6b73", "#a65f45", "#8c8577", "#486068")
    x = 0.04
    while x < 0.94:
        width, tall = canvas.random.uniform(0.045, 0.085), canvas.random.uniform(0.07, 0.17)
        wall = mix(canvas.random.choice(walls), "#1f2a42", 0.38)
        canvas.block(x, 0.66 - tall, x + width, 0.66, wall, mix(wall, "#10182a", 0.3))
        roof = 0.66 - tall
        canvas.polygon([(x - 0.005, roof), (x + width / 2, roof - 0.05), (x + width + 0.005, roof)], "#dfe4ea")
        for row in range(int(tall / 0.045)):
            for column in range(int(width / 0.02)):
                if canvas.random.random() < 0.72:
                    left, top = x + 0.009 + column * 0.019, roof + 0.014 + row * 0.042
                    canvas.block(
                        left, top, left + 0.009, top + 0.02, canvas.random.choice(("#f7d58c", "#f2bf6a", "#fbe6b4"))
                    )
        x += width + canvas.random.uniform(0.004, 0.018)
    canvas.block(0.47, 0.36, 0.5, 0.66, "#5a6478", "#3d465a")
    canvas.polygon([(0.464, 0.36), (0.485, 0.23), (0.506, 0.36)], "#dfe4ea")
    canvas.ellipse(0.485, 0.42, 0.013, "#fbe6b4")
    canvas.gradient("#e4e7ec", "#b6bfce", top=0.655, bottom=0.69)
    canvas.water(0.69, "#2b3a58", 0.6)
    for _ in range(150):
        canvas.ellipse(canvas.random.random(), canvas.random.random(), canvas.random.uniform(0.0012, 0.0032), "#f3f5f8")
    return canvas


def hamar() -> Canvas:
    """A hall with a curved roof by the lake, evening sun."""
    canvas = Canvas("hamar")
    canvas.gradient("#d9825a", "#eeb27a", "#f6d9a6", bottom=0.66)
    canvas.glow(0.3, 0.52, 0.66, "#fff0c9", 0.9)
    canvas.ellipse(0.3, 0.5, 0.055, "#fff8e2")
    canvas.ridge(0.57, 0.03, "#c08a6e", "#d8a982", steepness=0.45)
    line = canvas.ridge(0.62, 0.02, "#8c5f55", "#a87767", steepness=0.42)
    canvas.forest(line, "#7d5550", 0.03, 230)
    for shell, (left, right, top) in enumerate(((0.46, 0.98, 0.33), (0.5, 0.94, 0.38), (0.545, 0.895, 0.435))):
        outline = [
            (left + (right - left) * t / 60, 0.665 - (0.665 - top) * (1 - (t / 30 - 1) ** 2) ** 0.62) for t in range(61)
        ]
        canvas.polygon(outline, ("#3a3138", "#574852", "#6d5a61")[shell], ("#241f26", "#3a3138", "#4a3d45")[shell])
    canvas.block(0.555, 0.6, 0.885, 0.665, "#f2c987", "#d99f5e")
    for pillar in range(18):
        canvas.block(0.555 + pillar * 0.0194, 0.6, 0.5575 + pillar * 0.0194, 0.665, "#4a3d45")
    canvas.gradient("#4a3b3c", "#3b3032", top=0.66, bottom=0.69)
    canvas.water(0.69, "#b98672", 0.62)
    canvas.polygon([(0.1, 0.855), (0.235, 0.855), (0.215, 0.885), (0.12, 0.885)], "#2c2327")
    canvas.polygon([(0.165, 0.6), (0.165, 0.845), (0.23, 0.845)], PAPER, "#e5c79c")
    canvas.polygon([(0.16, 0.66), (0.16, 0.845), (0.11, 0.845)], "#f0d9b4", "#d9b483")
    return canvas
