"""gunicorn's settings: ``gunicorn -c python:uploader.server.gunicorn_settings``.

gunicorn reads a request in the thread that answers it, so a slow client holds a thread: keep it
behind a reverse proxy that hands over whole requests. `serve` (waitress) can stand alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from typing import Any

from uploader.server import environment
from uploader.server.lifetime import stopping
from uploader.server.operations.logs import configuration

wsgi_app = "uploader.server.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("STORE_THREADS", "24"))
timeout = 120
graceful_timeout = int(environment.number("STORE_STOP_SECONDS", 25))
keepalive = 60
# Who is believed to be a proxy is said in one place, STORE_TRUSTED_PROXIES.
forwarded_allow_ips = ""
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 65536
umask = 0o077
control_socket_disable = True  # it would be in the home folder; signals are enough
logconfig_dict = configuration(
    environment.text("STORE_LOG_FORMAT", "text"), environment.text("STORE_LOG_LEVEL", "WARNING")
)

_SHARED = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(_server: Any) -> None:  # noqa: ANN401 - gunicorn has no types
    """Bring the tables up to date, and give the processes a place to add up what they count."""
    os.environ[_SHARED] = tempfile.mkdtemp(prefix="store-uploader-metrics-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uploader.server.settings")
    from uploader.server.operations.migrating import prepare  # noqa: PLC0415 - the settings first

    prepare()


def post_worker_init(worker: Any) -> None:  # noqa: ANN401
    """Let requests that wait for changes hear that the process is ending."""

    def end(number: int, frame: Any) -> None:  # noqa: ANN401
        stopping.set()
        worker.handle_exit(number, frame)

    signal.signal(signal.SIGTERM, end)
    signal.siginterrupt(signal.SIGTERM, False)


def child_exit(_server: Any, worker: Any) -> None:  # noqa: ANN401
    """Keep the counts of a process that has ended, and nothing else of it."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - see on_starting

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: Any) -> None:  # noqa: ANN401
    """Take that place away."""
    shutil.rmtree(os.environ[_SHARED], ignore_errors=True)
