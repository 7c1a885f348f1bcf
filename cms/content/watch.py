"""Models that pages show: saving or deleting one of their rows leaves a note for every document that depends on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

Targets = Callable[[Any], Iterable[str]]
Follower = Callable[[type[models.Model], Targets], None]

watched: dict[type[models.Model], Targets] = {}
_followers: list[Follower] = []


def watch(model: type[models.Model], targets: Targets) -> None:
    """``targets(instance)`` names what changed, as builders name it in ``Context.depend``: ``["topic:3"]``.

    Call it in ``AppConfig.ready``; publishing connects the signals and makes the model's saves atomic.
    """
    watched[model] = targets
    for follower in _followers:
        follower(model, targets)


def follow_watched(follower: Follower) -> None:
    """Has ``follower`` told of every watched model: of those there are, and of those whose apps come later."""
    _followers.append(follower)
    for model, targets in watched.items():
        follower(model, targets)
