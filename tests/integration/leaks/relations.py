"""Public pages that point to one article and one event in every way there is; what they show is asked from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from articles.models import Network
from cms.content.models import SiteSettings
from tests.integration.leaks.crawl import Crawler
from tests.integration.publishing import site as s

OLD_PATH = "/gammel"


@dataclass(frozen=True, slots=True)
class Readers:
    """The pages by the relation that they have, and where else the targets show."""

    pages: dict[str, Any]
    below: Any

    def addresses(self) -> dict[str, str]:
        """What must show the targets while they are public."""
        found = {name: f"/api/v1/content/{page.pk}/" for name, page in self.pages.items()}
        found |= {f"website {name}": page.url_path.removeprefix("/home") for name, page in self.pages.items()}
        return found | {
            "breadcrumbs": f"/api/v1/content/{self.below.pk}/",
            "menu": "/api/v1/navigation/",
            "settings": "/api/v1/site/",
            "redirect": f"/api/v1/resolve/?path={OLD_PATH}",
            "list": "/api/v1/content/?limit=100",
            "search": "/api/v1/search/?limit=100",
            "sitemap": "/sitemap.xml",
            "feed": "/feeds/all.json",
            "calendar": "/calendar/events.ics",
        }


def point_to(home: Any, parent: Any, article: Any, event: Any, section: Any) -> Readers:
    """``parent`` of all three. The section is in the menu, and a page stands below it."""
    targets = (article, event, section)
    link = [{"link": s.link_value(target)} for target in targets]
    blocks: dict[str, tuple[str, Any]] = {
        "rich text": s.link_text(*targets),
        "fact box": ("fact_box", {"title": "Fakta", "text": s.link_text(*targets)[1]}),
        "accordion": ("accordion", {"items": [{"title": "Mer", "text": s.link_text(*targets)[1]}]}),
        "link": ("link_block", {"icon": "read-more", "text": "Til siden", **link[0]}),
        "deadline": ("deadline", {"label": "Frist", "date": "2031-01-01", "text": "", "documents": [], **link[1]}),
        "cards": s.cards(*targets),
        "listing": s.listing("news-article", "event"),
        "listing more": s.listing("home", more=s.link_value(article)),
    }
    pages = {name: s.add(home, s.plain("Leser", body=s.stream(block))) for name, block in blocks.items()}
    pages["related"] = s.add(home, s.news("Leser", related=s.related(*targets)))
    pages["report"] = s.add(home, s.event("Leser", report=article))
    pages["gathering"] = s.add(home, Network(title="Leser", gatherings=s.stream(("gathering", _gathering(event)))))
    pages["programme"] = s.add(home, s.event("Leser", programme=s.stream(("item", _item(article)))))
    pages["children"] = parent
    settings = SiteSettings.for_site(Site.objects.get())
    settings.privacy = settings.accessibility_statement = article.page_ptr
    settings.footer_menu = s.stream(("link", s.link_value(event)))
    settings.footer = s.link_text(section)[1]
    settings.save()
    Redirect.add_redirect(OLD_PATH, event)
    return Readers(pages, s.add(section, s.plain("Under")))


def _gathering(event: Any) -> dict[str, Any]:
    return {"number": 1, "title": "Samling", "date": "2031", "attendance": "digital", "place": [], "event": event.pk}


def _item(article: Any) -> dict[str, Any]:
    return {"start": "09:00", "title": "Foredrag", "links": [s.link_value(article)]}


def shown(crawler: Crawler, readers: Readers, words: Any, ids: set[int]) -> tuple[set[str], set[str]]:
    """Names of the addresses that show any of the words, and those that name any of the ids."""
    by_word, by_id = set(), set()
    for name, url in readers.addresses().items():
        answer = crawler.get(url)
        if words.found(answer.raw):
            by_word.add(name)
        if any(f'"id":{each},'.encode() in answer.body for each in ids):
            by_id.add(name)
    return by_word, by_id
