"""The bundled plugins meet the contract that is asked of everybody."""

from cms.plugins.testing import PluginConformance
from tests.integration.plugins import examples


class TestHome(PluginConformance):
    plugin = "home"
    examples = examples.HOME
    unfilled = {"section": {"children"}}


class TestArticles(PluginConformance):
    plugin = "articles"
    examples = examples.ARTICLES
    unfilled = {"event": {"report"}}
