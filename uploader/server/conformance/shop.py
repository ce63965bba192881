"""The store that is checked: one admin's requests to it, and what they leave behind."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import requests
from requests import Response

from uploader.server.conformance import expect
from uploader.server.conformance.check import SkippedError

if TYPE_CHECKING:
    from uploader.server.conformance.sending import Sent

VERSION = {"Tus-Resumable": "1.0.0"}
BYTES = {"Content-Type": "application/offset+octet-stream"}
OWN = "own"
"""Stands for the token of the sign-in that the checks use."""

_TIMEOUT = (10.0, 60.0)
"""Seconds: to connect, and between two bytes of an answer."""


class UnreachableError(Exception):
    """No answer at all; the message is a sentence."""


class Shop:
    """A store at `address`, signed in as an admin with `email` and `password`.

    `item`: the id of the item that gets the pictures; empty: one is made when it is needed.
    `verify` as requests takes it.
    """

    def __init__(
        self,
        address: str,
        email: str,
        password: str,
        *,
        item: str = "",
        customer: tuple[str, str] | None = None,
        verify: bool | str = True,
        patience: float = 60.0,
    ) -> None:
        self.address = address.rstrip("/")
        self.email, self.password, self.customer = email, password, customer
        self.patience = patience
        """Seconds that processing may take."""
        self.token = ""
        self.store: dict[str, Any] = {}
        self.chosen_item = item
        self.images: set[str] = set()
        self.made_item = ""
        self.sample: Sent | str | None = None
        """The picture that many checks share; a text says why there is none."""
        self._item = ""
        self._references: set[str] = set()
        self._session = requests.Session()
        self._session.verify = self.verify = verify
        # Or requests takes a password out of a .netrc file over our own header.
        self._session.auth = _no_auth

    # ---- requests
    def ask(
        self,
        method: str,
        path: str,
        *,
        token: str = OWN,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        data: bytes | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Response:
        """Send one request; `path` is below the API, or an absolute address.

        `token`: the sign-in to send along, empty for none. Raises UnreachableError.
        """
        text = self.token if token == OWN else token
        sign = {"Authorization": f"Bearer {text}"} if text else {}
        try:
            return self._session.request(
                method,
                self.url(path),
                headers={**(headers or {}), **sign},
                json=json,
                data=data,
                params=params,
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise UnreachableError(f"{method} {path} got no answer: {_plain(error)}.") from error

    def url(self, path: str) -> str:
        """Give the absolute address of a path of the contract."""
        return path if "://" in path else f"{self.address}/api/v1{path}"

    # ---- signing in and out
    def sign_in(self, device: str = "Store Uploader conformance") -> Response:
        """Exchange the password for a token; any answer."""
        form = {"email": self.email, "password": self.password, "device": device}
        return self.ask("POST", "/sign-in", token="", json=form)

    def enter(self) -> None:
        """Sign in for the checks. Raises FailedError."""
        answer = self.sign_in()
        expect.status(answer, 201)
        self.token = expect.fields(answer, token=str)["token"]
        store = self.ask("GET", "/store")
        expect.status(store, 200)
        self.store = expect.fields(store, styles=list, limits=dict, features=dict)
        expect.that(
            self.chosen_item or self.feature("new_items"),
            "The store makes no items. Name one for the pictures with --item.",
        )

    def leave(self) -> None:
        """Drop what is unfinished, delete the pictures where that can be done, and sign out."""
        for reference in sorted(self._references):
            self.withdraw(reference)
        if self.feature("edits_images"):
            for image in sorted(self.images):
                if self.ask("DELETE", f"/images/{image}").status_code == 204:
                    self.images.remove(image)
        self.ask("DELETE", "/sign-in")
        self._session.close()

    # ---- what the store can do
    def feature(self, name: str) -> bool:
        """Tell whether the store says that it has a feature."""
        return bool(self.store["features"].get(name))

    def needs(self, name: str) -> None:
        """Skip a check of a feature that the store says it doesn't have."""
        if not self.feature(name):
            raise SkippedError(f"The store doesn’t say that it has “{name}”.")

    def item(self) -> str:
        """Give the item that gets the pictures. Raises FailedError where none can be made."""
        self._item = self._item or self.chosen_item or self._make_item()
        return self._item

    def _make_item(self) -> str:
        title = f"Store Uploader conformance {uuid.uuid4().hex[:8]}"
        answer = self.ask("POST", "/items", json={"title": title})
        expect.status(answer, 201)
        self.made_item = title
        return str(expect.fields(answer, id=str)["id"])

    # ---- uploads
    def begin(
        self,
        length: int,
        reference: str = "",
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **metadata: str,
    ) -> Response:
        """Create an upload, with `body` as its first part; any answer."""
        reference = reference or str(uuid.uuid4())
        self._references.add(reference)
        if not metadata.keys() & {"item", "item_title"}:
            metadata["item"] = self.item()
        answer = self.ask(
            "POST",
            "/uploads",
            data=body,
            headers={
                **VERSION,
                "Upload-Length": str(length),
                "Upload-Metadata": encoded({"reference": reference, **metadata}.items()),
                **(BYTES if body is not None else {}),
                **(headers or {}),
            },
        )
        return self._noted(answer)

    def begun(self, length: int, reference: str = "", **metadata: str) -> str:
        """Create an upload that has to succeed; give its address."""
        answer = self.begin(length, reference, **metadata)  # type: ignore[arg-type]
        expect.status(answer, 201)
        expect.offset(answer, 0)
        return expect.header(answer, "Location")

    def part(
        self, place: str, offset: int, body: bytes, headers: Mapping[str, str] | None = None,
        token: str = OWN,
    ) -> Response:  # fmt: skip
        """Send a part; any answer."""
        sent = {**VERSION, **BYTES, "Upload-Offset": str(offset), **(headers or {})}
        return self._noted(self.ask("PATCH", place, data=body, headers=sent, token=token))

    def head(self, place: str, token: str = OWN) -> Response:
        """Ask where an upload stands."""
        return self.ask("HEAD", place, headers=VERSION, token=token)

    def drop(self, place: str, token: str = OWN) -> Response:
        """Terminate an upload."""
        return self.ask("DELETE", place, headers=VERSION, token=token)

    def withdraw(self, reference: str) -> Response:
        """Drop an upload by its reference."""
        return self.ask("DELETE", "/uploads", headers=VERSION, params={"reference": reference})

    def reached(self, place: str) -> int:
        """Ask how many bytes of an upload the store has."""
        answer = self.head(place)
        expect.status(answer, 200, 204)
        return expect.number(answer, "Upload-Offset")

    def _noted(self, answer: Response) -> Response:
        if image := answer.headers.get("Store-Image", ""):
            self.images.add(image)
        return answer

    # ---- images
    def image(self, image_id: str) -> dict[str, Any]:
        """Show an image that has to be there."""
        answer = self.ask("GET", f"/images/{image_id}")
        expect.status(answer, 200)
        return expect.fields(answer, id=str, state=str, cursor=str, urls=dict)

    def changes(self, since: str = "", wait: float = 0.0) -> dict[str, Any]:
        """Ask what changed since a cursor."""
        params = {"changed_since": since} if since else {}
        if wait:
            params["wait"] = f"{wait:g}"
        answer = self.ask("GET", "/images", params=params)
        expect.status(answer, 200)
        return expect.fields(answer, images=list, cursor=str, more=bool)


def encoded(values: Iterable[tuple[str, str]]) -> str:
    """Write `Upload-Metadata`."""
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode('ascii')}" for k, v in values)


def finished(answer: Response, outcome: str, length: int) -> tuple[str, str]:
    """Expect the headers of an upload that is complete; give its image's id and cursor."""
    expect.offset(answer, length)
    image, cursor = expect.header(answer, "Store-Image"), expect.header(answer, "Store-Cursor")
    seen = expect.header(answer, "Store-Outcome")
    expect.that(seen == outcome, f"Expected Store-Outcome {outcome}, not {seen}.")
    expect.number(answer, "Store-Cursor")
    return image, cursor


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _plain(error: Exception) -> str:
    causes = [error, error.__cause__, error.__context__, *error.args]
    named = [c for c in causes if isinstance(c, Exception)]
    return type(named[-1]).__name__ if named else type(error).__name__
