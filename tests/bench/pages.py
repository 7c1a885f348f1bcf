"""A generated site of news articles, as long and as linked as real ones."""

from __future__ import annotations

import io
import json
import random
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, Site

from articles.models import NewsArticle
from cms.content.images.models import ContentImage
from cms.content.models import Topic
from home.models import HomePage, SectionPage

TEXT = """
kommune fylke samarbeid prosjekt innbygger tjeneste utvikling skole helse omsorg barnehage veg kultur næring klima
energi arbeid kompetanse rekruttering innovasjon digitalisering plan høring frist møte konferanse nettverk erfaring
resultat ordfører rådmann leder ansatt frivillig ungdom eldre flyktning inkludering beredskap vann avløp bibliotek
museum idrett friluft skog jordbruk reiseliv transport buss jernbane bolig areal økonomi
"""
WORDS = TEXT.split()
TOPICS = ("Arbeidsliv", "Klima", "Kultur", "Helse", "Oppvekst", "Samferdsel")
MUNICIPALITIES = ("3405", "3403", "3407", "3420", "0301", "4601", "5001")


def text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def make_site() -> SectionPage:
    """A home page with one section; Wagtail's welcome page goes."""
    root = Page.objects.get(depth=1)
    home = HomePage(title="Benk", slug="benk", language="nb", live=True)
    root.add_child(instance=home)
    site = Site.objects.get()
    old, site.root_page = site.root_page, home
    site.save()
    if old.pk != home.pk:
        old.specific.delete()
    section = SectionPage(title="Nyheter", slug="nyheter", live=True)
    home.add_child(instance=section)
    return section


def make_images(count: int) -> list[ContentImage]:
    images = []
    for number in range(count):
        picture = io.BytesIO()
        Image.new("RGB", (1600, 1067), (number * 9 % 255, 90, 140)).save(picture, "JPEG")
        image = ContentImage(title=f"Bilde {number}", default_alt=f"Flate {number}", credit="Formidle")
        image.file.save(f"bilde-{number}.jpg", ContentFile(picture.getvalue()), save=False)
        image.width, image.height = 1600, 1067
        image.save()
        images.append(image)
    return images


def make_photo(width: int = 4000, height: int = 3000) -> ContentImage:
    """Light, shapes and grain about as a camera sees them: it takes as long to compress as a photo."""
    light = Image.radial_gradient("L").resize((width, height))
    shapes = Image.effect_noise((width // 40, height // 40), 70).resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width, height), 14)
    bands = [Image.blend(Image.blend(light, shapes, share), grain, 0.12) for share in (0.35, 0.5, 0.65)]
    file = io.BytesIO()
    Image.merge("RGB", bands).save(file, "JPEG", quality=92)
    image = ContentImage(title="Foto", default_alt="Foto", credit="Formidle")
    image.file.save("foto.jpg", ContentFile(file.getvalue()), save=False)
    image.width, image.height = width, height
    image.save()
    return image


def make_articles(section: SectionPage, images: list[ContentImage], first: int, last: int) -> None:
    """Articles number ``first`` to ``last`` - 1, each with ten blocks, two of them pictures, and links to others."""
    topics = [Topic.objects.get_or_create(label=label)[0] for label in TOPICS]
    now = timezone.now()
    for number in range(first, last):
        chance = random.Random(number)
        moment = now - timedelta(hours=number)
        article = NewsArticle(
            title=f"{text(chance, 5)[:-1]} {number}",
            slug=f"sak-{number}",
            summary=text(chance, 25),
            language="nb",
            live=True,
            first_published_at=moment,
            last_published_at=moment,
            image=json.dumps([_image(chance, images)]),
            body=json.dumps(_body(chance, images, section.pk)),
            municipalities=json.dumps([{"type": "municipality", "value": chance.choice(MUNICIPALITIES)}]),
        )
        article.topics = chance.sample(topics, 2)
        section.add_child(instance=article)


def _image(chance: random.Random, images: list[ContentImage]) -> dict[str, object]:
    return {
        "type": "image",
        "value": {
            "image": chance.choice(images).pk,
            "alt": text(chance, 4),
            "decorative": False,
            "caption": text(chance, 10),
            "credit": "Foto",
        },
    }


def _body(chance: random.Random, images: list[ContentImage], linked: int) -> list[dict[str, object]]:
    paragraphs: list[dict[str, object]] = [
        {
            "type": "paragraph",
            "value": f'<p>{text(chance, 60)} <a linktype="page" id="{linked}">{text(chance, 3)}</a> '
            f"<b>{text(chance, 5)}</b></p>",
        }
        for _ in range(5)
    ]
    said = {"text": text(chance, 20), "name": "Kari Nordmann", "role": "leder", "lang": ""}
    quote: dict[str, object] = {"type": "quote", "value": said}
    heading: dict[str, object] = {"type": "heading", "value": {"text": text(chance, 4), "level": "2"}}
    return [*paragraphs[:2], _image(chance, images), heading, *paragraphs[2:], quote, _image(chance, images), heading]
