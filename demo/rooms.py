"""People at meetings, on stages and at work."""

from math import cos, pi, sin

from canvas import Canvas, mix
from palette import FJORD, HAIRS, NIGHT, OCHRE, PAPER, PINE, RUST, SKINS


def kulturhus() -> Canvas:
    """A full hall in front of a big screen."""
    canvas = Canvas("kulturhus")
    canvas.gradient("#1a2430", "#2b3a46", "#1a2229")
    for x in range(12):
        canvas.block(x / 12, 0, x / 12 + 0.006, 0.66, "#223039")
    canvas.glow(0.5, 0.34, 0.7, "#6fa3b5", 0.45)
    canvas.block(0.19, 0.1, 0.81, 0.56, "#dfe9e6", "#b9d0d2", corner=0.008)
    canvas.polygon([(0.19, 0.56), (0.19, 0.44), (0.33, 0.33), (0.43, 0.41), (0.56, 0.25), (0.69, 0.39), (0.81, 0.31),
                    (0.81, 0.56)], "#5f8d98", "#8fb4b6")  # fmt: skip
    canvas.polygon([(0.19, 0.56), (0.19, 0.5), (0.4, 0.45), (0.62, 0.5), (0.81, 0.44), (0.81, 0.56)], "#2f5d67")
    canvas.ellipse(0.67, 0.2, 0.04, OCHRE)
    canvas.block(0.1, 0.6, 0.9, 0.665, "#7c5a3c", "#523b2a")
    canvas.block(0.745, 0.5, 0.795, 0.63, "#3b2a20", "#2a1e17", corner=0.008)
    canvas.person(0.845, 0.635, 0.22, RUST, SKINS[0], HAIRS[1])
    canvas.audience(0.6, 4, "#0c1318", "#33424b")
    return canvas


def direktesending() -> Canvas:
    """A camera films two people in a conversation."""
    canvas = Canvas("direktesending")
    canvas.gradient("#22343d", "#35525b", bottom=0.76)
    canvas.gradient("#1b272c", "#121a1e", top=0.76)
    for x, colour in ((0.44, "#3f6f80"), (0.56, "#2f5560"), (0.68, "#447887"), (0.8, "#2c4f5b"), (0.92, "#3f6f80")):
        canvas.block(x, 0.08, x + 0.1, 0.66, colour, mix(colour, NIGHT, 0.45), corner=0.012)
    canvas.glow(0.72, 0.4, 0.55, "#ffe1ae", 0.38)
    for x, clothes, skin, hair in ((0.61, OCHRE, SKINS[2], HAIRS[0]), (0.85, "#4f7f8c", SKINS[3], HAIRS[3])):
        canvas.bust(x, 0.76, 0.4, clothes, skin, hair)
    canvas.block(0.47, 0.7, 0.98, 0.735, "#e3d3b2", "#b99f74", corner=0.008)
    canvas.block(0.5, 0.735, 0.95, 0.95, "#4c6b73", "#2a3f46")
    canvas.block(0.72, 0.645, 0.738, 0.705, "#cfe3e4", "#a8c9cc", corner=0.004)
    dark = "#0b1013"
    for foot in (0.06, 0.27, 0.4):
        canvas.stroke([(0.24, 0.62), (foot, 1.02)], dark, 0.017)
    canvas.block(0.12, 0.36, 0.36, 0.57, "#1c262c", dark, corner=0.02)
    canvas.block(0.35, 0.42, 0.42, 0.52, dark, corner=0.01)
    canvas.block(0.16, 0.29, 0.28, 0.33, dark, corner=0.012)
    canvas.block(0.19, 0.32, 0.205, 0.38, dark)
    canvas.block(0.2, 0.56, 0.28, 0.63, dark, corner=0.01)
    canvas.block(0.1, 0.31, 0.14, 0.49, "#10181c", corner=0.008)
    canvas.ellipse(0.335, 0.395, 0.013, "#d8442f")
    return canvas


def panel() -> Canvas:
    """Five people behind a long table on a stage."""
    canvas = Canvas("panel")
    canvas.gradient("#29474f", "#3d6570", "#325560")
    for step in range(-4, 14):
        canvas.polygon(
            [(step / 10, 0), (step / 10 + 0.045, 0), (step / 10 + 0.295, 1), (step / 10 + 0.25, 1)], "#2f5059"
        )
    canvas.glow(0.5, 0.4, 0.75, "#f2d8a7", 0.4)
    outfits = ((RUST, 2, 1), ("#dfe3dd", 3, 3), (PINE, 0, 4), (OCHRE, 1, 0), ("#5b4a63", 4, 2))
    for place, (clothes, skin, hair) in enumerate(outfits):
        canvas.bust(0.16 + place * 0.17, 0.72, 0.42 + 0.02 * (place % 2), clothes, SKINS[skin], HAIRS[hair])
    canvas.block(0.04, 0.68, 0.96, 0.72, "#efe3cb", "#d8c39c", corner=0.008)
    canvas.block(0.07, 0.72, 0.93, 0.95, "#c9ae82", "#94794f")
    canvas.gradient("#3a2d24", "#221a15", top=0.95)
    for place in range(5):
        x = 0.16 + place * 0.17
        canvas.block(x + 0.045, 0.625, x + 0.06, 0.685, "#cfe3e4", "#a8c9cc", corner=0.004)
        canvas.block(x - 0.05, 0.75, x + 0.05, 0.8, PAPER, corner=0.004)
        canvas.block(x - 0.036, 0.766, x + 0.02, 0.774, "#8d8a80")
        canvas.block(x - 0.036, 0.782, x + 0.034, 0.788, "#b9b5a8")
    return canvas


def talerstol() -> Canvas:
    """A speaker at a lectern, upright format."""
    canvas = Canvas("talerstol", 1067, 1600)
    canvas.gradient("#d9c6a2", "#ead9b8", "#c9ae82")
    canvas.ellipse(0.5, 0.36, 0.285, mix(PAPER, OCHRE, 0.18))
    canvas.ellipse(0.5, 0.36, 0.2, mix(PAPER, OCHRE, 0.4))
    canvas.bust(0.5, 0.72, 0.5, PINE, SKINS[1], HAIRS[0])
    canvas.polygon([(0.47, 0.47), (0.53, 0.47), (0.5, 0.56)], PAPER)
    canvas.polygon([(0.18, 0.66), (0.82, 0.66), (0.76, 0.72), (0.24, 0.72)], "#6f4c31")
    canvas.polygon([(0.24, 0.72), (0.76, 0.72), (0.7, 1), (0.3, 1)], "#8a6242", "#553a26")
    canvas.ellipse(0.5, 0.83, 0.05, OCHRE)
    canvas.ellipse(0.5, 0.83, 0.03, "#8a6242")
    canvas.stroke([(0.36, 0.67), (0.41, 0.6), (0.44, 0.572)], "#1a1a1a", 0.004)
    canvas.ellipse(0.447, 0.567, 0.0095, "#1a1a1a")
    return canvas


def gruppearbeid() -> Canvas:
    """People around a round table, seen from above."""
    canvas = Canvas("gruppearbeid")
    canvas.gradient("#c8d3cb", "#b4c4be")
    for line in range(1, 9):
        canvas.stroke([(0, line / 9), (1, line / 9)], "#aabbb5", 0.003)
    ratio = canvas.height / canvas.width
    canvas.tint("ellipse", (0.5 - 0.37 * ratio, 0.16, 0.5 + 0.42 * ratio, 0.96), "#4d5f5c", 0.25)
    tones = (RUST, FJORD, OCHRE, PINE, "#efe7d6", "#7a5c78", "#5e8a6f", "#33475a")
    for seat, clothes in enumerate(tones):
        angle = seat / len(tones) * 2 * pi + 0.2
        x, y = 0.5 + cos(angle) * 0.43 * ratio, 0.52 + sin(angle) * 0.43
        inward_x, inward_y = -cos(angle) * ratio, -sin(angle)
        side_x, side_y = sin(angle) * ratio, -cos(angle)
        for side in (-1, 1):
            shoulder = (x + side_x * side * 0.075, y + side_y * side * 0.075)
            hand = (x + inward_x * 0.125 + side_x * side * 0.05, y + inward_y * 0.125 + side_y * side * 0.05)
            canvas.stroke([shoulder, hand], mix(clothes, "#000000", 0.12), 0.036)
        for side in (-1, -0.5, 0, 0.5, 1):
            canvas.ellipse(x + side_x * side * 0.07, y + side_y * side * 0.07, 0.05, clothes)
        canvas.ellipse(x + inward_x * 0.012, y + inward_y * 0.012, 0.05, HAIRS[seat % 5])
    canvas.ellipse(0.5, 0.52, 0.34, "#f1e6cf", "#dcc79f")
    for seat in range(len(tones)):
        angle = seat / len(tones) * 2 * pi + 0.2
        x, y = 0.5 + cos(angle) * 0.27 * ratio, 0.52 + sin(angle) * 0.27
        across, along = (-sin(angle), cos(angle)), (cos(angle), sin(angle))
        corners = ((-0.045, -0.033), (0.045, -0.033), (0.045, 0.033), (-0.045, 0.033))
        canvas.polygon(
            [(x + (across[0] * a + along[0] * b) * ratio, y + across[1] * a + along[1] * b) for a, b in corners],
            PAPER if seat % 3 else "#d9e5e4",
        )
        for side in (-1, 1):
            hand_x, hand_y = (
                x + (along[0] * 0.055 + across[0] * side * 0.05) * ratio,
                y + along[1] * 0.055 + across[1] * side * 0.05,
            )
            canvas.ellipse(hand_x, hand_y, 0.019, SKINS[seat % 5])
    canvas.ellipse(0.5, 0.52, 0.11, "#8fb0ae")
    canvas.ellipse(0.5, 0.52, 0.08, OCHRE)
    canvas.ellipse(0.5, 0.52, 0.045, RUST)
    return canvas


def veiledning() -> Canvas:
    """An experienced health worker shows a new one something on a board."""
    canvas = Canvas("veiledning")
    canvas.gradient("#dbe6e3", "#eef1ea", bottom=0.82)
    canvas.gradient("#b9c6bf", "#a5b5ae", top=0.82)
    canvas.block(0.08, 0.12, 0.36, 0.62, "#bcd6dc", "#dfeae6", corner=0.008)
    canvas.polygon([(0.08, 0.62), (0.08, 0.5), (0.17, 0.42), (0.26, 0.49), (0.36, 0.4), (0.36, 0.62)], "#86a9a0")
    canvas.block(0.215, 0.12, 0.225, 0.62, PAPER)
    canvas.block(0.08, 0.365, 0.36, 0.375, PAPER)
    canvas.block(0.7, 0.16, 0.94, 0.54, PAPER, corner=0.01)
    for line, width in enumerate((0.16, 0.19, 0.12, 0.17)):
        canvas.ellipse(0.725, 0.235 + line * 0.075, 0.012, (OCHRE, RUST, FJORD, PINE)[line])
        canvas.block(0.745, 0.229 + line * 0.075, 0.745 + width * 0.9, 0.241 + line * 0.075, "#b9bdb4", corner=0.005)
    canvas.person(0.42, 0.97, 0.74, "#3f7f8c", SKINS[0], HAIRS[4])
    canvas.person(0.6, 0.97, 0.7, "#7fb3b0", SKINS[3], HAIRS[3])
    for x, y in ((0.452, 0.5), (0.63, 0.52)):
        canvas.block(x - 0.012, y, x + 0.012, y + 0.045, PAPER, corner=0.004)
        canvas.block(x - 0.0015, y + 0.008, x + 0.0015, y + 0.036, RUST)
        canvas.block(x - 0.0065, y + 0.018, x + 0.0065, y + 0.026, RUST)
    canvas.block(0.505, 0.545, 0.565, 0.655, "#8a6242", corner=0.008)
    canvas.block(0.51, 0.557, 0.56, 0.648, PAPER)
    for line in range(4):
        canvas.block(0.517, 0.575 + line * 0.018, 0.55, 0.58 + line * 0.018, "#a9b3ad")
    return canvas


def kulturhjertet() -> Canvas:
    """Children who sing under a large heart."""
    canvas = Canvas("kulturhjertet")
    canvas.gradient("#2c3f4c", "#4c5f66", "#7d6f62")
    canvas.glow(0.5, 0.36, 0.62, "#f3c98b", 0.55)
    heart = []
    for step in range(120):
        angle = step / 120 * 2 * pi
        heart.append(
            (
                0.5 + 16 * sin(angle) ** 3 * 0.0118,
                0.33 - (13 * cos(angle) - 5 * cos(2 * angle) - 2 * cos(3 * angle) - cos(4 * angle)) * 0.0175,
            )
        )
    canvas.polygon(heart, "#d8744f", "#a8452f")
    for x, y in ((0.2, 0.26), (0.29, 0.14), (0.74, 0.16), (0.83, 0.3), (0.11, 0.42), (0.91, 0.45)):
        canvas.ellipse(x, y, 0.018, "#f3dcae", stretch=0.8)
        canvas.block(x + 0.009, y - 0.1, x + 0.0125, y, "#f3dcae")
        canvas.polygon(
            [(x + 0.009, y - 0.1), (x + 0.034, y - 0.065), (x + 0.034, y - 0.045), (x + 0.009, y - 0.075)], "#f3dcae"
        )
    canvas.block(0, 0.9, 1, 1, "#3a2a22", "#211812")
    outfits = (RUST, OCHRE, "#6fa39c", "#e8dcc6", "#7a5c78", "#4f7f8c", "#c9713f", "#8fb06f", "#d9c27a", "#5d7f9c")
    for back in range(8):
        canvas.person(
            0.14 + back * 0.103, 0.9, 0.37, outfits[(back * 3) % 10], SKINS[(back * 2 + 1) % 5], HAIRS[(back + 2) % 5]
        )
    for front in range(7):
        canvas.person(
            0.19 + front * 0.103,
            0.965,
            0.33,
            outfits[(front * 3 + 1) % 10],
            SKINS[front * 3 % 5],
            HAIRS[(front * 2) % 5],
        )
    return canvas
