"""The companion's web server with one rule of the contract broken: which, a file says.

Run with the data folder in the environment; its argument is that file. Prints its address,
and ends when its standard input closes.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from waitress.server import create_server

Environ = dict[str, Any]
App = Callable[[Environ, Any], Iterable[bytes]]


@dataclass
class Answer:
    """What the server wanted to say."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return str(self.json.get("type", "")).rpartition("/")[2]

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body) if self.body.startswith(b"{") else {}

    def say(self, fields: dict[str, Any]) -> None:
        self.body = json.dumps(fields).encode()

    def become(self, status: int, **headers: str) -> None:
        self.status, self.body, self.headers = status, b"", {"Tus-Resumable": "1.0.0", **headers}


Change = Callable[[Environ, Answer], None]
ASKING: dict[str, Callable[[Environ], None]] = {}
ANSWERING: dict[str, Change] = {}


def asking(change: Callable[[Environ], None]) -> Callable[[Environ], None]:
    ASKING[change.__name__] = change
    return change


def answering(change: Change) -> Change:
    ANSWERING[change.__name__] = change
    return change


# ---- who may do what
@answering
def greets_as_another(environ: Environ, answer: Answer) -> None:
    if "contract" in answer.json:
        answer.say({**answer.json, "contract": "another/1"})


@answering
def tells_strangers(environ: Environ, answer: Answer) -> None:
    if answer.status == 404 and "HTTP_AUTHORIZATION" not in environ:
        answer.status = 401


@answering
def one_route_differs(environ: Environ, answer: Answer) -> None:
    if environ["PATH_INFO"] == "/api/v1/items" and answer.status == 404:
        answer.say({**answer.json, "detail": "Sign in to see the items."})


@answering
def signed_out_is_unknown(environ: Environ, answer: Answer) -> None:
    if answer.type == "signed-out":
        answer.status = 404


@answering
def problems_are_plain_json(environ: Environ, answer: Answer) -> None:
    if answer.status >= 400:
        answer.headers["Content-Type"] = "application/json"


# ---- the catalogue
@asking
def pages_never_turn(environ: Environ) -> None:
    query = environ["QUERY_STRING"].split("&")
    environ["QUERY_STRING"] = "&".join(part for part in query if not part.startswith("cursor"))


@answering
def items_never_change(environ: Environ, answer: Answer) -> None:
    if environ["PATH_INFO"] == "/api/v1/items" and "changed_since" in environ["QUERY_STRING"]:
        answer.say({**answer.json, "items": []})


@answering
def titles_are_optional(environ: Environ, answer: Answer) -> None:
    if answer.type == "bad-item":
        answer.become(201)


# ---- uploads
@asking
def any_version_does(environ: Environ) -> None:
    environ["HTTP_TUS_RESUMABLE"] = "1.0.0"


@answering
def refusals_have_no_version(environ: Environ, answer: Answer) -> None:
    if answer.status >= 400:
        answer.headers.pop("Tus-Resumable", None)


@answering
def any_size_is_taken(environ: Environ, answer: Answer) -> None:
    if answer.status == 413:
        answer.become(201, **{"Upload-Offset": "0", "Location": "/nowhere"})


@answering
def head_may_be_cached(environ: Environ, answer: Answer) -> None:
    if environ["REQUEST_METHOD"] == "HEAD":
        answer.headers["Cache-Control"] = "max-age=60"


@answering
def offsets_are_guessed(environ: Environ, answer: Answer) -> None:
    if environ["REQUEST_METHOD"] == "HEAD" and "Upload-Length" in answer.headers:
        answer.headers["Upload-Offset"] = str(int(answer.headers["Upload-Offset"]) + 1)


@answering
def any_offset_is_taken(environ: Environ, answer: Answer) -> None:
    if answer.type == "wrong-offset":
        answer.become(204, **{"Upload-Offset": answer.headers["Upload-Offset"]})


@answering
def the_right_offset_is_a_secret(environ: Environ, answer: Answer) -> None:
    if answer.type == "wrong-offset":
        del answer.headers["Upload-Offset"]


@asking
def references_are_ignored(environ: Environ) -> None:
    rewrite(environ, lambda key, value: str(uuid.uuid4()) if key == "reference" else value)


@asking
def parts_are_not_checked(environ: Environ) -> None:
    environ.pop("HTTP_UPLOAD_CHECKSUM", None)


@asking
def files_are_not_checked(environ: Environ) -> None:
    rewrite(environ, lambda key, value: "" if key == "sha256" else value)


@answering
def text_is_a_photo(environ: Environ, answer: Answer) -> None:
    if answer.type == "not-a-photo":
        answer.become(201, **{"Upload-Offset": "0", "Location": "/nowhere"})


@answering
def nothing_is_taken(environ: Environ, answer: Answer) -> None:
    if answer.headers.get("Store-Outcome"):
        answer.become(500)


# ---- changes and images
@asking
def everything_has_changed(environ: Environ) -> None:
    query = environ["QUERY_STRING"].split("&")
    environ["QUERY_STRING"] = "&".join(
        "changed_since=0" if part.startswith("changed_since") else part for part in query
    )


@answering
def the_cursor_is_too_late(environ: Environ, answer: Answer) -> None:
    if "Store-Cursor" in answer.headers:
        answer.headers["Store-Cursor"] = "999999"


@asking
def nobody_waits(environ: Environ) -> None:
    query = environ["QUERY_STRING"].split("&")
    environ["QUERY_STRING"] = "&".join(part for part in query if not part.startswith("wait"))


@answering
def nothing_is_found(environ: Environ, answer: Answer) -> None:
    if "reference=" in environ["QUERY_STRING"] and "images" in answer.json:
        answer.say({**answer.json, "images": []})


# ---- pictures
@answering
def live_without_a_square(environ: Environ, answer: Answer) -> None:
    edit(answer, lambda urls: urls.pop("square", None))


@answering
def the_original_is_next_door(environ: Environ, answer: Answer) -> None:
    def move(urls: dict[str, str]) -> None:
        urls["original"] = f"{urls.get('thumb', '').rpartition('/')[0]}/original.jpg"

    edit(answer, move)


@answering
def squares_are_mirrored(environ: Environ, answer: Answer) -> None:
    redraw(environ, answer, ImageOps.mirror)


@answering
def squares_are_too_high(environ: Environ, answer: Answer) -> None:
    redraw(environ, answer, lambda image: image.resize((image.width, image.height + 1)))


@answering
def originals_are_recoded(environ: Environ, answer: Answer) -> None:
    if "/original" in environ["PATH_INFO"]:
        answer.body += b"\0"


@answering
def pictures_are_not_kept(environ: Environ, answer: Answer) -> None:
    if environ["PATH_INFO"].startswith("/media/"):
        answer.headers["Cache-Control"] = "no-cache"


@asking
def nothing_is_deleted(environ: Environ) -> None:
    if environ["REQUEST_METHOD"] == "DELETE" and "/images/" in environ["PATH_INFO"]:
        # Another address, where a DELETE of nothing is answered in the same way.
        environ["PATH_INFO"], environ["QUERY_STRING"] = "/api/v1/uploads", "reference=none"
        environ["HTTP_TUS_RESUMABLE"] = "1.0.0"


@asking
def nothing_is_replaced(environ: Environ) -> None:
    rewrite(environ, lambda key, value: "" if key == "replaces" else value)


@asking
def nothing_is_turned(environ: Environ) -> None:
    rewrite(environ, lambda key, value: "" if key == "rotate" else value)


@asking
def nothing_is_padded(environ: Environ) -> None:
    rewrite(environ, lambda key, value: "" if key == "pad" else value)


@asking
def turned_the_other_way(environ: Environ) -> None:
    rewrite(environ, lambda key, value: "90" if key == "rotate" else value)


@asking
def places_are_ignored(environ: Environ) -> None:
    rewrite(environ, lambda key, value: "" if key == "position" and value != "0" else value)


@asking
def nothing_is_turned_later(environ: Environ) -> None:
    if environ["REQUEST_METHOD"] == "PATCH" and "/images/" in environ["PATH_INFO"]:
        body = b"{}"
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))


@answering
def pictures_need_a_sign_in(environ: Environ, answer: Answer) -> None:
    if environ["PATH_INFO"].startswith("/media/") and "HTTP_AUTHORIZATION" not in environ:
        answer.status, answer.body = 404, b""


@asking
def all_items_are_one(environ: Environ) -> None:
    if environ["QUERY_STRING"].startswith("item="):
        environ["QUERY_STRING"] = "changed_since=0"


def rewrite(environ: Environ, change: Callable[[str, str], str]) -> None:
    """Change the values of `Upload-Metadata`."""
    header = environ.get("HTTP_UPLOAD_METADATA", "")
    pairs = [pair.partition(" ") for pair in header.split(",") if " " in pair]
    said = {key: change(key, base64.b64decode(value).decode()) for key, _, value in pairs}
    environ["HTTP_UPLOAD_METADATA"] = ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items() if value
    )


def edit(answer: Answer, change: Callable[[dict[str, str]], object]) -> None:
    """Change the addresses of the images that an answer lists."""
    said = answer.json
    if isinstance(said.get("images"), list):
        for image in said["images"]:
            change(image["urls"])
        answer.say(said)


def redraw(environ: Environ, answer: Answer, change: Callable[[Any], Any]) -> None:
    """Change the pixels of a square."""
    if "/square" not in environ["PATH_INFO"] or answer.status != 200:
        return
    image = Image.open(io.BytesIO(answer.body))
    out = io.BytesIO()
    change(image).save(out, image.format)
    answer.body = out.getvalue()


class Breaking:
    """The server, with the rule broken that the file names."""

    def __init__(self, app: App, rule: Path) -> None:
        self._app, self._rule = app, rule

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        rule = self._rule.read_text().strip()
        if change := ASKING.get(rule):
            change(environ)
        answer = self._answer(environ)
        if rule in ANSWERING:
            ANSWERING[rule](environ, answer)
        if environ["REQUEST_METHOD"] != "HEAD":
            answer.headers.pop("Content-Length", None)
            if answer.status not in (204, 304):
                answer.headers["Content-Length"] = str(len(answer.body))
        start_response(f"{answer.status} Said", list(answer.headers.items()))
        return [answer.body] if answer.body else []

    def _answer(self, environ: Environ) -> Answer:
        heard: list[Any] = []
        body = self._app(environ, lambda status, headers, *_: heard.extend((status, headers)))
        try:
            content = b"".join(body)
        finally:
            getattr(body, "close", lambda: None)()
        return Answer(int(heard[0][:3]), dict(heard[1]), content)


def main() -> None:
    from uploader.server.processes import end_with_parent
    from uploader.server.wsgi import application

    server = create_server(
        Breaking(application, Path(sys.argv[1])), host="127.0.0.1", port=0, threads=8
    )
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)  # noqa: T201
    end_with_parent()
    server.run()


if __name__ == "__main__":
    main()
