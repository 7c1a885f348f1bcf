from cms.plugins.contract import Plugin

plugin = Plugin(name="home", app="home", contract=1, summary="Home page, sections and plain pages.")
