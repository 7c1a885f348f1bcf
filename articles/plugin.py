from cms.plugins.contract import Plugin

plugin = Plugin(
    name="articles",
    app="articles",
    contract=1,
    requires=("home",),
    summary="News articles, events, showcase projects and networks.",
)
