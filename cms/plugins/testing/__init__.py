"""For the tests of a plugin: ``class TestLibrary(PluginConformance): plugin = "library"``. Needs pytest-django."""

from cms.plugins.testing.conformance import PluginConformance

__all__ = ["PluginConformance"]
