"""The colours that the demo pictures share."""

NIGHT = "#14222b"
PINE = "#1f3b3d"
FJORD = "#3f6f80"
MIST = "#cfdcda"
SAND = "#e8dcc6"
OCHRE = "#d99f3e"
RUST = "#b4563a"
PAPER = "#f5f0e6"
SKINS = ("#e9c2a0", "#c98f66", "#f0cfb2", "#8a5a3c", "#dcae88")
HAIRS = ("#2a1d17", "#6b4526", "#b98a4c", "#1b1a1d", "#8b8580")
