"""Asking a store of the contract: addresses, the sign-in that goes along, answers read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import StoreError
from uploader.stores import records
from uploader.stores.address import host_of
from uploader.stores.body import Body
from uploader.stores.greeting import greet
from uploader.stores.refusals import not_let_in, refusal, signed_out
from uploader.stores.translate import something_else
from uploader.stores.transport import Answer, Transport


class Api:
    """The routes below a base URL. `token` is the present sign-in's, empty without one.

    `address` is the base URL and `name` the store's, both better known after `greet`.
    """

    def __init__(self, transport: Transport, address: str) -> None:
        self.address = address
        self.name = ""
        self.token = ""
        self._transport = transport

    def __repr__(self) -> str:
        return f"Api({self.address!r})"

    def greet(self, cancel: CancelToken | None = None) -> str:
        """Find the store, and return its name."""
        self.address, self.name = greet(self._transport, self.address, cancel)
        return self.name

    def url(self, path: str, **query: str) -> str:
        """Give the address of a path of the contract; empty parts of the query are left out."""
        asked = {key: value for key, value in query.items() if value}
        return f"{self.address}/api/v1/{path}{'?' if asked else ''}{urlencode(asked)}"

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, Any] | Body | None = None,
        cancel: CancelToken | None = None,
        completing: bool = False,
        patience: float = 0.0,
        token: str | None = None,
    ) -> Answer:
        """Send with the sign-in; `token` stands for another one than the present."""
        token = self.token if token is None else token
        sign = {"Authorization": f"Bearer {token}"} if token else {}
        return self._transport.request(
            method,
            url,
            headers={**(headers or {}), **sign},
            data=data,
            cancel=cancel,
            completing=completing,
            patience=patience,
        )

    def get(
        self, path: str, cancel: CancelToken | None = None, patience: float = 0.0, **query: str
    ) -> records.Record:
        """Ask for the JSON at a path; `patience` is in seconds, on top of the time-out."""
        url = self.url(path, **query)
        return self.fields(self.send("GET", url, cancel=cancel, patience=patience), cancel)

    def fields(self, answer: Answer, cancel: CancelToken | None = None) -> records.Record:
        """Give a success's JSON; raise what anything else means."""
        if not 200 <= answer.status < 300:
            raise self.refused(answer, cancel=cancel)
        if not answer.fields:
            raise something_else(host_of(answer.url))
        return answer.fields

    def refused(
        self, answer: Answer, *, completing: bool = False, cancel: CancelToken | None = None
    ) -> StoreError:
        """Say what an answer means that isn't a success; a 404 is asked after. See `refusal`."""
        if answer.status == 404:
            return self._hidden(answer, cancel)
        return refusal(answer, completing=completing)

    def _hidden(self, answer: Answer, cancel: CancelToken | None) -> StoreError:
        """Tell apart the reasons for 404: no store any more, or none for this account.

        Or neither: a proxy says so for a moment while the store is put in place anew.
        """
        try:
            self.greet(cancel)
            if not self.token:
                return signed_out()
            store = self.send("GET", self.url("store"), cancel=cancel)
        except StoreError as error:
            return error
        if store.status == 404:
            return not_let_in(self.name)
        return refusal(answer if store.status == 200 else store)
