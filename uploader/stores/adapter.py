"""requests on a `Line`: urllib3's connections, made so that they can be cut."""

# ruff: noqa: ANN401 - requests and urllib3 pass whatever they like through here.
from __future__ import annotations

import socket
from functools import partial
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from uploader.stores.line import Line
from uploader.stores.whole import WholeResponse

BLOCK = 128 * 1024
"""Bytes read from a file and handed to the network at a time."""


class _OnLine(HTTPConnection):
    """A connection that its line knows, from the first packet on."""

    response_class = WholeResponse

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line

    def _new_conn(self) -> socket.socket:
        host, port = self._dns_host, int(self.port or 0)
        try:
            sock = self.line.connect(host, port, self.socket_options or [])
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "no connection in time") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error
        self.line.hold(sock)
        return sock

    def connect(self) -> None:
        super().connect()
        # urllib3 sends with the time-out for connecting; sending may take longer.
        if self.sock is not None:
            self.sock.settimeout(self.line.patience)

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is not None:
            self.line.hold(self.sock)
            self.timeout = self.line.patience
        super().request(*args, **kwargs)


class _OnSecureLine(_OnLine, HTTPSConnection):
    """The same with TLS."""


class LineAdapter(HTTPAdapter):
    """Sends every request of a session over one line."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__(pool_connections=4, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Have the pools of direct connections make ours."""
        super().init_poolmanager(*args, **kwargs, blocksize=BLOCK)
        self._use_line(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Have the pools of connections through a proxy make ours."""
        manager = super().proxy_manager_for(proxy, **kwargs, blocksize=BLOCK)
        self._use_line(manager)
        return manager

    def _use_line(self, manager: PoolManager) -> None:
        pools: dict[str, Any] = {
            "http": partial(self._pool, HTTPConnectionPool, _OnLine),
            "https": partial(self._pool, HTTPSConnectionPool, _OnSecureLine),
        }
        manager.pool_classes_by_scheme = pools

    def _pool(
        self,
        kind: type[HTTPConnectionPool],
        connection: type[_OnLine],
        *args: Any,
        **kwargs: Any,
    ) -> HTTPConnectionPool:
        pool = kind(*args, **kwargs)
        pool.ConnectionCls = partial(connection, line=self._line)  # type: ignore[assignment]
        return pool
