"""Django's settings. Everything a shop may change comes from the environment (docs/server.md)."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import dj_database_url

from uploader.domain.findings import Limits
from uploader.server import environment
from uploader.server.declared import read_styles
from uploader.server.operations.logs import configuration
from uploader.server.storage_url import read_storage

# ---- the store
STORE_DATA = environment.data_folder()
STORE_NAME = environment.text("STORE_NAME", "My store")
STORE_URL = environment.text("STORE_URL").rstrip("/")
"""Where the store is seen from outside; empty: as each request says."""
STORE_STYLES = read_styles(environment.text("STORE_STYLES"))
"""Declared here alone; clients learn them from the store."""
STORE_LINGER = timedelta(seconds=environment.number("STORE_LINGER_SECONDS", 3600))
"""How long styles that were replaced are kept for pages that were loaded before."""
STORE_LIMITS = Limits(
    max_bytes=int(environment.number("STORE_MAX_BYTES", 50_000_000)),
    max_pixels=int(environment.number("STORE_MAX_PIXELS", 200_000_000)),
)
STORE_USUAL_SECONDS = environment.number("STORE_USUAL_SECONDS", 4.0)
STORE_TOKEN_LIFE = timedelta(days=environment.number("STORE_TOKEN_DAYS", 90))
STORE_UPLOAD_LIFE = timedelta(seconds=environment.number("STORE_UPLOAD_SECONDS", 7 * 86400))
"""How long an unfinished upload is kept after its last byte."""
STORE_LEASE = timedelta(seconds=environment.number("STORE_LEASE_SECONDS", 60))
"""How long a worker may be silent over an image before its job counts as lost."""
STORE_LONGEST = timedelta(seconds=environment.number("STORE_LONGEST_SECONDS", 600))
"""How long a worker may take for one image before it counts as hanging."""
STORE_UNFINISHED = int(environment.number("STORE_UNFINISHED", 1_000))
"""Uploads that one admin may have begun and not finished."""
STORE_UNFINISHED_BYTES = int(environment.number("STORE_UNFINISHED_BYTES", 20_000_000_000))
"""Bytes that those may announce together."""
STORE_TRUSTED_PROXIES = environment.proxies("STORE_TRUSTED_PROXIES")
"""Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed."""
STORE_METRICS_TOKEN = environment.text("STORE_METRICS_TOKEN")
"""With which /metrics can be read by others than admins; empty: by nobody else."""
STORE_SHOP_PUBLIC = environment.flag("STORE_SHOP_PUBLIC")
"""Yes: everybody may look at /shop/. Otherwise admins alone."""
STORE_IDEMPOTENT = environment.flag("STORE_IDEMPOTENT", default=True)
"""No: as a shop that doesn't know its clients' references, for tests of clients alone."""
STORE_ATTEMPTS = int(environment.number("STORE_ATTEMPTS", 5))
"""Runs of an image that may go wrong, or end with their worker, until it has failed."""
STORE_RETRY_SECONDS = environment.number("STORE_RETRY_SECONDS", 5)
"""Rest before the second attempt; each later one is four times as long, up to 50 seconds."""
STORE_THREADS = int(environment.number("STORE_THREADS", 24))
STORE_STOP_SECONDS = environment.number("STORE_STOP_SECONDS", 25.0)
"""How long requests under way may take once the server was told to end."""
STORE_FREE_BYTES = 50_000_000
"""Room on the disk that uploads leave alone: the database has to be able to grow."""
STORE_UPLOADS = STORE_DATA / "uploads"

# ---- Django
SECRET_KEY = environment.secret_key(STORE_DATA)
DEBUG = False
# The machine itself always: it asks for /healthz.
ALLOWED_HOSTS = [*environment.names("STORE_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "uploader.server.urls"
WSGI_APPLICATION = "uploader.server.wsgi.application"
AUTH_USER_MODEL = "store.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False  # a redirect would tell that the address with a slash exists
USE_TZ = True
TIME_ZONE = "UTC"

INSTALLED_APPS = [
    "uploader.server.store",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "uploader.server.access.proxies.Proxies",
    "uploader.server.operations.requests.Requests",
    "django.middleware.security.SecurityMiddleware",
    "uploader.server.access.headers.SecurityHeaders",
    # Before the gate, so that what it turns away looks like what a route turns away.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "uploader.server.access.gate.Gate",
    # Behind the gate: whose files these are would tell what runs here.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
_NINJA = Path(str(distribution("django-ninja").locate_file("ninja")))
"""No app of Django's: every worker and command would import it, for no use and a long time."""
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_NINJA / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "uploader.server.look.look",
            ]
        },
    }
]

# ---- where things are kept
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL", f"sqlite:///{STORE_DATA / 'store.sqlite3'}"),
        conn_max_age=600,
        # A connection may have died since the request before.
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that reads and then writes must queue for the lock, not fail half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # FULL: a client forgets its photo once we said that it is here, so power may fail.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
STORE_PICTURES = read_storage(environment.text("STORAGE_URL"), STORE_DATA / "media")
MEDIA_ROOT = STORE_PICTURES.folder
STATIC_URL = "/static/"
STATIC_ROOT = None  # served from the packages themselves
STATICFILES_DIRS = [_NINJA / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES: dict[str, Any] = {
    "default": STORE_PICTURES.storage,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STORE_QUEUE = "paperclip"
STORE_REDIS = environment.text("REDIS_URL")
"""Where jobs are kept; empty: in the database."""
TASKS: dict[str, Any] = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        # "images": what the version before has left there is still run.
        "QUEUES": ["default", "images", STORE_QUEUE],
    }
}
if STORE_REDIS:
    from uploader.server.redis_url import read_redis

    INSTALLED_APPS += ["django_rq", "django_tasks_rq"]
    RQ_QUEUES = {
        STORE_QUEUE: read_redis(STORE_REDIS, STORE_LONGEST.total_seconds()),
    }
    TASKS["default"] = {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": [STORE_QUEUE]}

# ---- safety
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "/sign-in"
SECURE_BEHIND_TLS = environment.flag("STORE_TLS", default=STORE_URL.startswith("https://"))
SECURE_SSL_REDIRECT = SECURE_BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_BEHIND_TLS
# Only what a trusted proxy said is left of that header by then (access.proxies).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_BEHIND_TLS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Browsers take cookies of this prefix only from this host itself, and only over TLS.
SESSION_COOKIE_NAME = f"{'__Host-' if SECURE_BEHIND_TLS else ''}sessionid"
CSRF_COOKIE_NAME = f"{'__Host-' if SECURE_BEHIND_TLS else ''}csrftoken"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None
CSRF_TRUSTED_ORIGINS = [STORE_URL] if STORE_URL else []
DATA_UPLOAD_MAX_MEMORY_SIZE = 500_000
"""Bytes of a form or of JSON, where they aren't a file; those of the contract are small."""
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING: dict[str, Any] = configuration(
    environment.text("STORE_LOG_FORMAT", "text"), environment.text("STORE_LOG_LEVEL", "WARNING")
)
