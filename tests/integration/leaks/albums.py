"""Public pages that show a picture and a file in every place where a page can; the two may be hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from cms.publishing.schedule import Schedule
from tests.integration.leaks.markers import Markers
from tests.integration.leaks.media import media
from tests.integration.publishing import site as s


def add_albums(parent: Any, control: Markers, secret: Markers) -> list[Any]:
    """One album of what everybody may see, and one for each reason why not."""
    found = [_album(parent, "public album", control, *media(control, "album"))]
    private = private_collection(secret)
    below: Collection = private.add_child(name=secret.word("collection below"))
    for name, fields in {
        "private": {"collection": private},
        "below private": {"collection": below},
        "withdrawn": {"consent_until": timezone.localdate() - timedelta(days=2)},
    }.items():
        image, document = media(secret, name, **fields)
        found.append(_album(parent, name, secret, image, document if "collection" in fields else None))
    Schedule().run_due()
    return found


def private_collection(secret: Markers) -> Any:
    collection: Any = Collection.get_first_root_node().add_child(name=secret.word("private collection"))
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def _album(parent: Any, name: str, markers: Markers, image: Any, document: Any) -> Any:
    def shown(place: str) -> dict[str, Any]:
        return {**s.image_value(image), "caption": markers.word(f"{name} caption {place}")}

    link = {**s.link_value(), "url": "https://example.org/"}
    body: list[tuple[str, Any]] = [
        ("image", shown("block")),
        ("gallery", {"images": [shown("gallery")]}),
        ("cards", {"title": "", "items": [{"link": link, "title": "Kort", "image": _one(shown("card"))}]}),
        ("embed", {"url": "https://vimeo.com/76979871", "title": "Film", "thumbnail": _one(shown("thumbnail"))}),
    ]
    if document:
        anchor = f'<p><a linktype="document" id="{document.pk}">Fil</a></p>'
        body += [
            ("document", document.pk),
            ("paragraph", anchor),
            ("fact_box", {"title": "Fakta", "text": anchor}),
            ("link_block", {"icon": "document", "text": "Fil", "link": s.link_value(document=document)}),
            ("deadline", {"label": "Frist", "date": "2031-01-01", "text": "", "documents": [document.pk]}),
        ]
    event = s.event(
        "Album",
        image=s.stream(("image", shown("main"))),
        images=s.stream(("image", shown("more"))),
        body=s.stream(*body),
    )
    return s.add(parent, event)


def _one(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "image", "value": value}]
