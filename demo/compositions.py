"""Pictures of ideas: rings, circles and threads."""

from math import cos, pi, sin

from canvas import Canvas, Colour, mix
from palette import MIST, OCHRE, PAPER, PINE, RUST, SAND


def kretslop() -> Canvas:
    """Arcs and leaves: a composition on recycling."""
    canvas = Canvas("kretslop", 1600, 1200)
    canvas.gradient(PAPER, SAND)
    ratio = canvas.height / canvas.width
    rings = ((0.41, 0.075, PINE), (0.315, 0.065, "#5e8a6f"), (0.232, 0.055, OCHRE), (0.16, 0.045, RUST))
    for ring, (radius, width, colour) in enumerate(rings):
        for part in range(3):
            start = part * 120 + ring * 27
            canvas.arc(0.5, 0.5, radius, start, start + 92, colour, width)
            angle = (start + 92) / 180 * pi
            middle = radius - width / 2
            tip = (start + 92 + 4.6 / radius) / 180 * pi
            inner, outer = middle - width * 0.95, middle + width * 0.95
            canvas.polygon([_at(angle, inner, ratio), _at(tip, middle, ratio), _at(angle, outer, ratio)], colour)
    canvas.ellipse(0.5, 0.5, 0.065, "#8fb0ae")
    for x, y, radius, colour in (
        (0.12, 0.2, 0.05, "#8fb0ae"),
        (0.9, 0.82, 0.07, OCHRE),
        (0.87, 0.17, 0.03, RUST),
        (0.1, 0.83, 0.025, PINE),
    ):
        canvas.ellipse(x, y, radius, colour)
    return canvas


def _at(angle: float, radius: float, ratio: float) -> tuple[float, float]:
    return 0.5 + cos(angle) * radius * ratio, 0.5 + sin(angle) * radius


def likestilling() -> Canvas:
    """Circles that overlap: a composition on equality."""
    canvas = Canvas("likestilling")
    canvas.gradient("#efe6d4", "#e3d6bd")
    ratio = canvas.height / canvas.width
    parts = (
        (0.36, 0.43, 0.27, RUST),
        (0.6, 0.36, 0.23, OCHRE),
        (0.52, 0.62, 0.25, "#3f7f8c"),
        (0.72, 0.62, 0.18, PINE),
    )
    for x, y, radius, colour in parts:
        canvas.tint("ellipse", (x - radius * ratio, y - radius, x + radius * ratio, y + radius), colour, 0.78)
    for x, y, radius, colour in (
        (0.17, 0.74, 0.075, "#8fb0ae"),
        (0.86, 0.24, 0.06, "#8fb0ae"),
        (0.2, 0.2, 0.035, PINE),
        (0.9, 0.86, 0.03, RUST),
    ):
        canvas.tint("ellipse", (x - radius * ratio, y - radius, x + radius * ratio, y + radius), colour, 0.9)
    for step in range(7):
        canvas.arc(0.52, 0.5, 0.34 + step * 0.045, 200, 262 - step * 5, mix(SAND, "#8d7b5c", 0.35), 0.004)
        canvas.arc(0.52, 0.5, 0.34 + step * 0.045, 22, 80 - step * 5, mix(SAND, "#8d7b5c", 0.35), 0.004)
    return canvas


def kunstig_intelligens() -> Canvas:
    """Points and threads between them: a composition on networks."""
    canvas = Canvas("kunstig-intelligens", 1600, 900)
    canvas.gradient("#132630", "#1d3b47", "#162c36")
    canvas.glow(0.35, 0.45, 0.7, "#2f6674", 0.8)
    ratio = canvas.height / canvas.width
    nodes: list[tuple[float, float]] = []
    while len(nodes) < 64:
        x, y = canvas.random.random(), canvas.random.uniform(0.04, 0.96)
        if all(((x - a) / ratio) ** 2 + (y - b) ** 2 > 0.0085 for a, b in nodes):
            nodes.append((x, y))
    for index, (x, y) in enumerate(nodes):
        nearest = sorted(nodes, key=lambda node: ((node[0] - x) / ratio) ** 2 + (node[1] - y) ** 2)[1:4]
        for other in nearest:
            canvas.stroke([(x, y), other], "#5f97a3", 0.0022, 0.6 if index % 3 else 0.9)
    colours: tuple[Colour, ...] = (MIST, "#8fb9bd", OCHRE, MIST, "#5f97a3", RUST)
    for index, (x, y) in enumerate(nodes):
        canvas.ellipse(x, y, (0.009, 0.013, 0.019, 0.008)[index % 4], colours[index % 6])
    return canvas
