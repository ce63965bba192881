"""`REDIS_URL` as what django-rq wants to know."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from redis.backoff import NoBackoff
from redis.connection import parse_url
from redis.retry import Retry

_CONNECT, _ANSWER = 2.0, 5.0
"""Seconds that an upload waits for Redis at most. It does without it."""


def read_redis(url: str, longest: float) -> dict[str, Any]:
    """Give one queue's connection. Raises ValueError for an address that isn't Redis'.

    `longest` is how many seconds a job may take.
    """
    parts = dict(parse_url(url))  # type: ignore[no-untyped-call]
    parts.pop("connection_class", None)
    path = parts.pop("path", "")
    more = {"unix_socket_path": path} if path else {}
    return {
        "HOST": parts.pop("host", "localhost"),
        "PORT": parts.pop("port", 6379),
        "DB": parts.pop("db", 0),
        "USERNAME": parts.pop("username", None),
        "PASSWORD": parts.pop("password", None),
        "SSL": urlsplit(url).scheme == "rediss",
        "SSL_CERT_REQS": parts.pop("ssl_cert_reqs", "required"),
        "REDIS_CLIENT_KWARGS": {
            "socket_connect_timeout": _CONNECT,
            "socket_timeout": _ANSWER,
            # Once more, at once: a Redis that was started anew has closed the old connection.
            "retry": Retry(NoBackoff(), 1),
            **more,
            **parts,
        },
        "DEFAULT_TIMEOUT": int(longest) + 60,
        # Not pickle: whoever may write to Redis could run programs here.
        "SERIALIZER": "rq.serializers.JSONSerializer",
        "QUEUE_CLASS": "uploader.server.processing.in_redis.KeptQueue",
    }
