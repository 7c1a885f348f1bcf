"""The page types of this plugin, each in the module of its own."""

from articles.event import Event
from articles.network import Network
from articles.news import NewsArticle
from articles.showcase import Showcase

__all__ = ["Event", "Network", "NewsArticle", "Showcase"]
