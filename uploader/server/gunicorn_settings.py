"""gunicorn's settings: ``gunicorn -c python:uploader.server.gunicorn_settings``.

gunicorn reads a request in the thread that answers it, so a slow client holds a thread: keep it
behind a reverse proxy that hands over whole requests. `serve` (waitress) can stand alone.
"""

from __future__ import annotations

import os

wsgi_app = "uploader.server.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("STORE_THREADS", "24"))
timeout = 120
graceful_timeout = 30
keepalive = 60
# Who is believed to be a proxy is said in one place, STORE_TRUSTED_PROXIES.
forwarded_allow_ips = ""
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 65536
umask = 0o077
