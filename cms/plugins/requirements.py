"""Which plugins need which others, and the order that follows from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from cms.plugins.contract import Plugin, Problem


def problems(plugins: Mapping[str, Plugin], broken: Collection[str], disabled: Collection[str]) -> Iterator[Problem]:
    """Of plugins without other faults: what they require and is not there, and circles."""
    for name, plugin in sorted(plugins.items()):
        for required in plugin.requires:
            if required in plugins:
                continue
            if required in broken:
                state, cure = "broken", f"Repair {required}"
            elif required in disabled:
                state, cure = "disabled", f"Enable {required}: take it out of CMS_PLUGINS_DISABLE"
            else:
                state, cure = "not installed", f"Install {required}"
            yield Problem(
                name,
                f"it requires the plugin {required}, which is {state}.",
                f"{cure}, or start without both: CMS_PLUGINS_DISABLE={required},{name}"
                if state != "not installed"
                else f"{cure}, or start without it: CMS_PLUGINS_DISABLE={name}",
            )
    for circle in _circles(plugins):
        yield Problem(
            circle[0],
            f"plugins require each other in a circle: {' → '.join((*circle, circle[0]))}.",
            f"One of them must do without, or start without them: CMS_PLUGINS_DISABLE={','.join(circle)}",
        )


def _circles(plugins: Mapping[str, Plugin]) -> list[tuple[str, ...]]:
    """Each circle once, from its first name on."""
    found: dict[frozenset[str], tuple[str, ...]] = {}

    def walk(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            circle = way[way.index(name) :]
            start = circle.index(min(circle))
            found.setdefault(frozenset(circle), circle[start:] + circle[:start])
            return
        for required in plugins[name].requires:
            if required in plugins:
                walk(required, (*way, name))

    for name in sorted(plugins):
        walk(name, ())
    return sorted(found.values())


def complete(plugins: Mapping[str, Plugin]) -> dict[str, Plugin]:
    """Those whose requirements are all there, and the requirements of these: the others could only fail."""
    found = dict(plugins)
    while lacking := [name for name, plugin in found.items() if not found.keys() >= set(plugin.requires)]:
        for name in lacking:
            del found[name]
    return found


def in_order(plugins: Mapping[str, Plugin]) -> list[Plugin]:
    """By name, but every plugin after those that it requires."""
    ordered: dict[str, Plugin] = {}

    def place(plugin: Plugin, above: frozenset[str]) -> None:
        for required in plugin.requires:
            if required in plugins and required not in above:
                place(plugins[required], above | {required})
        ordered.setdefault(plugin.name, plugin)

    for name in sorted(plugins):
        place(plugins[name], frozenset({name}))
    return list(ordered.values())
