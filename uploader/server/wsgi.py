"""The entry point for gunicorn and waitress."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # as in cli.py: the data folder holds what only its owner may read
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uploader.server.settings")
application = get_wsgi_application()
