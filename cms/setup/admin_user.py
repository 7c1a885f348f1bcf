"""The first administrator: `admin`, with a random password in DATA/admin-password."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model

USERNAME = "admin"


def password_file() -> Path:
    return Path(settings.FORMIDLE_DATA) / "admin-password"


def ensure_admin() -> None:
    """Make the user when it is missing. A password that stands in the file is kept and used."""
    users = get_user_model()._default_manager
    if users.filter(username=USERNAME).exists():
        return
    users.create_superuser(username=USERNAME, email="", password=_password())


def _password() -> str:
    path = password_file()
    if path.exists() and (password := path.read_text().strip()):
        return password
    password = secrets.token_urlsafe(15)
    with open(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(password + "\n")
    return password
