"""Write the small PDF files of the demo content into documents/: `python demo/make_documents.py`.

Built by hand from the PDF 1.7 objects, tagged with headings and paragraphs and marked with language and title, so that
a screen reader can read them. The same code makes the same files; they are committed beside it.
"""

from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

DOCUMENTS = Path(__file__).parent / "documents"
SIZES = {"H1": 20, "H2": 14, "P": 11}
CHARACTERS = {"H1": 44, "H2": 62, "P": 84}  # what fits on a line of A4
LEFT, TOP = 64, 770


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    title: str
    language: str
    parts: tuple[tuple[str, str], ...]  # (H1, H2 or P; text)


PROGRAMME = Paper(
    "program-fagdager-2027",
    "Program for fagdagene om framtidas arbeidsliv 2027",
    "nb-NO",
    (
        ("H1", "Fagdager om framtidas arbeidsliv"),
        ("P", "Lillehammer, 14. og 15. april 2027. Begge dager kan følges i salen eller på nett."),
        ("H2", "Onsdag 14. april"),
        ("P", "09.30 Registrering og kaffe"),
        ("P", "10.00 Åpning ved programkomiteen"),
        ("P", "10.20 Når arbeidslivet blir lengre: hva ber de ansatte om?"),
        ("P", "11.30 Parallelle økter: rekruttering fra utenforskap, og kunstig intelligens i saksbehandlingen"),
        ("P", "12.45 Lunsj"),
        ("P", "13.45 Verksteder om nærvær og om oppgavedeling i helse og omsorg"),
        ("P", "19.00 Felles middag"),
        ("H2", "Torsdag 15. april"),
        ("P", "09.00 Fire prosjekter, fire samtaler"),
        ("P", "10.30 Panel: Hvem gjør jobben i 2040?"),
        ("P", "12.00 Oppsummering og veien videre"),
    ),
)

CONSULTATION = Paper(
    "horingsnotat-kompetansepakke-2027",
    "Høringsnotat: kompetansepakke for ledere 2027-2030",
    "nb-NO",
    (
        ("H1", "Kompetansepakke for ledere 2027–2030"),
        ("P", "Høringsnotat. Frist for innspill er 1. februar 2027."),
        ("H2", "Bakgrunn"),
        ("P", "Kommunene i regionen trenger ledere som kan holde på folk gjennom hele yrkeslivet."),
        ("P", "Forslaget samler det vi allerede tilbyr i fire moduler, og legger til et opplegg for nye ledere."),
        ("H2", "Det vi vil ha svar på"),
        ("P", "1. Dekker de fire modulene det lederne hos dere spør etter?"),
        ("P", "2. Bør deler av opplegget gi studiepoeng?"),
        ("P", "3. Hvor mange plasser ser dere for dere å bruke hvert år?"),
        ("H2", "Slik svarer dere"),
        ("P", "Send innspillet til post@example.org. Alle svar blir lagt ut samlet når fristen er gått ut."),
    ),
)


def text(value: str) -> bytes:
    """A PDF string in the encoding of the page's font."""
    return b"(" + value.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def content(paper: Paper) -> bytes:
    """The page's drawing operators; each part is marked with its place in the structure tree."""
    lines, y = [], float(TOP)
    for place, (tag, words) in enumerate(paper.parts):
        size = SIZES[tag]
        y -= size * (0.9 if tag == "P" else 1.5)
        lines.append(f"/{tag} <</MCID {place}>> BDC BT /{'F1' if tag == 'P' else 'F2'} {size} Tf".encode())
        for index, line in enumerate(wrap(words, CHARACTERS[tag])):
            y -= size * 1.35 if index else 0
            lines.append(f"1 0 0 1 {LEFT} {y:.1f} Tm ".encode() + text(line) + b" Tj")
        lines.append(b"ET EMC")
        y -= size * 0.5
    return b"\n".join(lines)


def objects(paper: Paper) -> list[bytes]:
    """The bodies of objects 1, 2, 3 …"""
    stream, first = content(paper), 10
    kids = [f"{first + place} 0 R" for place in range(len(paper.parts))]
    page = (
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /StructParents 0 /Tabs /S"
        b" /Resources <</Font <</F1 5 0 R /F2 6 0 R>>>>>>"
    )
    font = "<</Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding>>"
    return [
        b"<</Type /Catalog /Pages 2 0 R /MarkInfo <</Marked true>> /StructTreeRoot 7 0 R"
        b" /ViewerPreferences <</DisplayDocTitle true>> /Lang " + text(paper.language) + b">>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        page,
        f"<</Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream",
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
        b"<</Type /StructTreeRoot /K 8 0 R /ParentTree <</Nums [0 [" + " ".join(kids).encode() + b"]]>>>>",
        b"<</Type /StructElem /S /Document /P 7 0 R /K [" + " ".join(kids).encode() + b"]>>",
        b"<</Title " + text(paper.title) + b">>",
        *(
            f"<</Type /StructElem /S /{tag} /P 8 0 R /Pg 3 0 R /K {place}>>".encode()
            for place, (tag, _) in enumerate(paper.parts)
        ),
    ]


def pdf(paper: Paper) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects(paper), start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return (
        bytes(out)
        + f"trailer\n<</Size {len(offsets) + 1} /Root 1 0 R /Info 9 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()
    )


if __name__ == "__main__":
    DOCUMENTS.mkdir(exist_ok=True)
    for paper in (PROGRAMME, CONSULTATION):
        (DOCUMENTS / f"{paper.name}.pdf").write_bytes(pdf(paper))
