"""Settings: safe by default, everything that differs between installations comes from the environment."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from cms.plugins import discovery

BASE_DIR = Path(__file__).resolve().parent.parent


def _list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def _whole(name: str, default: int, least: int = 1) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or int(text) < least:
        raise ImproperlyConfigured(f"{name} is {text!r}; it must be a whole number, at least {least}.")
    return int(text)


FORMIDLE_DATA = Path(os.environ.get("FORMIDLE_DATA", BASE_DIR / "var")).resolve()
"""Everything that must be backed up: database (where it is SQLite), media, index, secrets."""


def _secret_key() -> str:
    if key := os.environ.get("FORMIDLE_SECRET_KEY"):
        return key
    path = FORMIDLE_DATA / "secret-key"
    if not path.exists():
        FORMIDLE_DATA.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:  # another process of the first start was quicker
            pass
    return path.read_text()


ROLES = ("admin", "public", "worker")
ROLE = os.environ.get("FORMIDLE_ROLE") or "admin"
"""What this process is for: everything, or only what everybody may read, or only the work behind."""
if ROLE not in ROLES:
    raise ImproperlyConfigured(f"FORMIDLE_ROLE={ROLE!r} is none of {', '.join(ROLES)}")
PUBLIC = ROLE == "public"

SECRET_KEY = _secret_key()
DEBUG = os.environ.get("FORMIDLE_DEBUG") == "1"
ALLOWED_HOSTS = _list("FORMIDLE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _list("FORMIDLE_ORIGINS")

PUBLIC_URL = os.environ.get("PUBLIC_URL", "").rstrip("/")
API_URL = os.environ.get("API_URL", "").rstrip("/")
MEDIA_BASE_URL = os.environ.get("MEDIA_URL", "").rstrip("/")
SITE_NOINDEX = os.environ.get("FORMIDLE_NOINDEX") == "1"
"""Keeps search engines out of the whole site: for staging."""
SEARCH_URL = os.environ.get("SEARCH_URL", "tantivy:")
SEARCH_RECENCY = os.environ.get("SEARCH_RECENCY", "0.1")
"""What recent pages gain in an order by relevance; 0 for nothing (docs/search.md)."""
SEARCH_STANDBY = os.environ.get("SEARCH_STANDBY", "")
"""An engine that answers while the other one does not: ``tantivy:`` beside one on the network."""
SEARCH_VECTORS = os.environ.get("SEARCH_VECTORS", "")
"""Who makes vectors of texts, by which results are ranked as well: ``e5:``; empty for nobody (docs/search.md)."""
SEARCH_GOLDEN = os.environ.get("SEARCH_GOLDEN", "")
"""A file of golden queries of the site's own: a new index that answers them worse is not taken into use."""

SEARCH_LOG = os.environ.get("FORMIDLE_SEARCH_LOG", "1") != "0"
"""Whether searches and clicks are counted, without anybody's identity, for the search desk."""
SEARCH_LOG_LEAST = _whole("FORMIDLE_SEARCH_LOG_LEAST", 3)
"""How often a text was searched for before the search desk shows it: what one person typed is nobody's business."""

WAGTAIL_ALLOW_UNICODE_SLUGS = False

LOCALES = _list("FORMIDLE_LOCALES", "nb")
"""Trees of pages: the first is the default one, each other has its own, below ``/en/`` for instance."""
LANGUAGE_CODE = LOCALES[0] if LOCALES else "nb"
WAGTAIL_I18N_ENABLED = len(LOCALES) > 1

# Plugins: page types come from installed packages.
CMS_PLUGINS_DISABLE = _list("CMS_PLUGINS_DISABLE")
CMS_PLUGINS = discovery.installed(disable=CMS_PLUGINS_DISABLE, settings=os.environ.get("FORMIDLE_PLUGIN_SETTINGS", ""))
CMS_PLUGIN_SETTINGS = CMS_PLUGINS.settings

# What only those need who edit. Wagtail's admin itself stays: page types declare their forms with it.
EDITING_APPS = [
    "cms.access",
    "cms.preview",
    *(["wagtail.contrib.simple_translation", "wagtail.locales"] if WAGTAIL_I18N_ENABLED else []),
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "django.contrib.sessions",
    "django.contrib.messages",
]
INSTALLED_APPS = [
    "cms.setup",
    "cms.plugins",
    "cms.content",
    "cms.publishing",
    "search",
    "cms.api",
    "cms.website",
    "cms.delivery",
    *CMS_PLUGINS.apps,
    *([] if PUBLIC else EDITING_APPS),
    "wagtail.contrib.table_block",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
]

# Public URLs run without session, auth, CSRF and messages: those serve the admin alone.
ADMIN_MIDDLEWARE = [
    "cms.middleware.AdminSession",
    "cms.middleware.AdminCsrf",
    "cms.middleware.AdminAuthentication",
    "cms.middleware.AdminMessages",
    "cms.middleware.AdminWithoutNul",
    "cms.content.middleware.StopsInAdmin",
    "cms.content.missing_plugins.MissingPluginsInAdmin",
]
ADMIN_CONTEXT = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
MIDDLEWARE = [
    "cms.api.throttle_middleware.Throttle",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *([] if PUBLIC else ADMIN_MIDDLEWARE),
    "cms.middleware.KeepSearchEnginesOut",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
X_FRAME_OPTIONS = "SAMEORIGIN"  # the preview panel shows pages in a frame of the admin

ROOT_URLCONF = "cms.public_urls" if PUBLIC else "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *([] if PUBLIC else ADMIN_CONTEXT),
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{FORMIDLE_DATA / 'db.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }

elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

PREPARED_STATEMENTS = os.environ.get("FORMIDLE_PREPARED_STATEMENTS", "1") != "0"
"""Whether PostgreSQL plans what is asked often once for each connection. Not behind poolers that change connections."""

if REDIS_URL := os.environ.get("REDIS_URL"):
    # shared by all processes; each has its own memory otherwise
    CACHES = {"default": {"BACKEND": "cms.redis_cache.Cache", "LOCATION": REDIS_URL}}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
if PUBLIC_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGES = [("nb", "Norsk (bokmål)"), ("nn", "Norsk (nynorsk)"), ("en", "English"), ("se", "Davvisámegiella")]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = FORMIDLE_DATA / "media"
# Where editors see uploads and thumbnails, logged in. The public gets only files that a published document shows,
# under /media/ (cms.delivery.media).
MEDIA_URL = "/admin/media/"

WAGTAIL_SITE_NAME = "Formidle"
WAGTAILADMIN_BASE_URL = PUBLIC_URL or "http://localhost:8000"
WAGTAIL_CONTENT_LANGUAGES = [(code, dict(LANGUAGES).get(code, code)) for code in LOCALES]
# Wagtail's own texts in nynorsk do not exist; they are then in the default language, bokmål.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nb", "Norsk (bokmål)"), ("nn", "Norsk (nynorsk)"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "content.ContentImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip", "ods", "odp", "ics"]
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []  # embeds are written from the URL; nothing is fetched
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILREDIRECTS_AUTO_CREATE = False  # the projector keeps old paths
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Formidle",
    "VERSION": "1",
    "DESCRIPTION": "Published pages of a Wagtail site as finished JSON documents. Read-only, no keys. "
    "Within v1, keys, parameters, enum values, block types and content types may be added; skip what you do not know.",
    "LICENSE": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
    "SERVERS": [{"url": "/"}],
    "DEFAULT_GENERATOR_CLASS": "cms.api.openapi.generator.Generator",
}
CACHE_MAX_AGE = int(os.environ.get("FORMIDLE_MAX_AGE", "10"))
"""Seconds for which a browser shows an answer again without asking: what is unpublished must soon be gone there too."""
CACHE_SHARED_MAX_AGE = int(os.environ.get("FORMIDLE_SHARED_MAX_AGE", CACHE_MAX_AGE))
"""The same for a CDN: much longer where it is purged."""
CACHE_STALE_WHILE_REVALIDATE = int(os.environ.get("FORMIDLE_STALE_WHILE_REVALIDATE", "60"))
CACHE_STALE_IF_ERROR = int(os.environ.get("FORMIDLE_STALE_IF_ERROR", "3600"))
API_CORS_ORIGINS = _list("FORMIDLE_CORS_ORIGIN", "*")
"""Which websites' scripts may read the API: everything in it is public. Empty: none but our own."""

FORMIDLE_THROTTLE = os.environ.get("FORMIDLE_THROTTLE", "")
"""How many requests of the API, feeds and search one client may make: 600/min. Empty: any number."""

FORMIDLE_TRUSTED_PROXIES = _list("FORMIDLE_TRUSTED_PROXIES")
"""Addresses and networks of the proxies before us: only what they write into X-Forwarded-For is believed."""

FORMIDLE_PREVIEW_URL = os.environ.get("FORMIDLE_PREVIEW_URL", "")
"""Where an external frontend shows drafts: https://www.example.no/preview?token={token}. Empty: our own templates."""

FORMIDLE_PREVIEW_HOURS = _whole("FORMIDLE_PREVIEW_HOURS", 24)
FORMIDLE_PREVIEW_MAX_HOURS = max(_whole("FORMIDLE_PREVIEW_MAX_HOURS", 720), FORMIDLE_PREVIEW_HOURS)
"""How long a shared preview lives: unless said otherwise, and at most."""

WEBHOOK_ALLOW_PRIVATE = _list("FORMIDLE_WEBHOOK_ALLOW_PRIVATE")
"""Networks inside which webhooks may go, also unencrypted; every other receiver has a public address and https."""
if WEBHOOK_ALLOW_PRIVATE == ["1"]:
    WEBHOOK_ALLOW_PRIVATE = ["0.0.0.0/0", "::/0"]

# Caches before us: see docs/cdn.md.
PURGE_KIND = os.environ.get("FORMIDLE_PURGE", "")
PURGE_URLS = _list("FORMIDLE_PURGE_URL")
PURGE_TOKEN = os.environ.get("FORMIDLE_PURGE_TOKEN", "")
PURGE_METHOD = os.environ.get("FORMIDLE_PURGE_METHOD", "PURGE")
PURGE_HEADER = os.environ.get("FORMIDLE_PURGE_HEADER", "xkey")
PURGE_AGAIN_SECONDS = _whole("FORMIDLE_PURGE_AGAIN_SECONDS", 5, least=0)
if _frontend_cache := os.environ.get("WAGTAILFRONTENDCACHE"):
    WAGTAILFRONTENDCACHE = json.loads(_frontend_cache)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("FORMIDLE_LOG", "INFO")},
    "loggers": {
        # says of every save that its reference index was updated
        "django_tasks": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        # names pages by their titles, drafts too; who did what stands in the admin's history
        "wagtail": {"level": "WARNING"},
    },
}
