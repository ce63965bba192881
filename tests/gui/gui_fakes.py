"""A desk and previews without an engine behind them, and the batch of the design's pictures."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Signal

from uploader.background.signals import DeskSignals
from uploader.background.values import Bitmap, Connection, Link, Totals, UpdateStanding
from uploader.domain.findings import Facts, Finding, FindingKind, Format, Severity
from uploader.domain.history import ENDED, HistoryLine
from uploader.domain.photos import Event, Fingerprint, Photo, Problem
from uploader.domain.preferences import Preferences
from uploader.domain.preflight import BatchCheck
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, Item
from uploader.domain.styles import Focus, Style
from uploader.domain.subjects import Box
from uploader.imaging.geometry import Geometry, Size
from uploader.ui.crops import canvas_size

CAPABILITIES = Capabilities(
    resumable=True,
    idempotent=True,
    focus_point=True,
    new_items=True,
    usual_seconds=9,
    replaces=True,
    rotates=True,
    pads=True,
    positions=True,
)


class FakeDesk(DeskSignals):
    """Notes every command in `calls`; tests emit the signals."""

    def __init__(self, capabilities=CAPABILITIES, keychain=True):
        super().__init__()
        self.capabilities, self.keychain = capabilities, keychain
        self.preferences, self.stores, self.watched_folder = Preferences(), [], ""
        self.update_standing = UpdateStanding(True, "https://store-uploader.example/manifest")
        self.calls: list[tuple] = []
        self.check = BatchCheck()
        self.listed: dict[int, Photo] = {}
        for signal in (self.reset, self.changed):
            signal.connect(lambda photos: self.listed.update({p.id: p for p in photos}))
        self.events: dict[int, list[Event]] = {}

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **options: self.calls.append((name, *args, *options.values()))

    def photo(self, photo_id):
        return self.listed.get(photo_id)

    def check_batch(self):
        self.calls.append(("check_batch",))
        self.batch_checked.emit(self.check)

    def request_timeline(self, photo_id):
        self.timeline.emit(photo_id, self.events.get(photo_id, []))

    def change_preferences(self, change):
        self.preferences = change(self.preferences)
        self.calls.append(("change_preferences", self.preferences))
        self.preferences_changed.emit(self.preferences)

    def named(self, name):
        return [call[1:] for call in self.calls if call[0] == name]


class FakePreviews(QObject):
    """Renders at once what it has a picture for, by the geometry's own plan."""

    ready = Signal(int)
    large_ready = Signal(int)

    def __init__(self, pictures=None):
        super().__init__()
        self.pictures: dict[str, Image.Image] = pictures or {}
        self.wanted: list[int] = []

    def want(self, photos):
        self.wanted = [photo.id for photo in photos]

    def want_large(self, photo):
        pass

    def large(self, photo):
        picture = self.pictures.get(photo.name)
        if picture is None:
            return None
        return to_bitmap(edited(picture, photo.edits))

    def bitmap(self, photo, style):
        picture = self.pictures.get(photo.name)
        if picture is None:
            return None
        geometry = next(
            s.geometry
            for s in (Style("thumb", "100x100>"), Style("square", "200x200#"))
            if s.name == style
        )
        picture = edited(picture, photo.edits)
        size = canvas_size(photo) or Size(*picture.size)
        plan = Geometry.parse(geometry).plan(size, photo.focus)
        scaled = picture.resize((plan.scaled.width, plan.scaled.height), Image.Resampling.LANCZOS)
        if plan.crop:
            c = plan.crop
            scaled = scaled.crop((c.x, c.y, c.x + c.width, c.y + c.height))
        return to_bitmap(scaled)


def edited(picture, edits):
    """Turn and pad a picture."""
    picture = picture.rotate(-edits.rotate, expand=True)
    if edits.pad:
        side = max(picture.size)
        square = Image.new("RGB", (side, side), "white")
        square.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
        return square
    return picture


def to_bitmap(image):
    return Bitmap(*image.size, image.convert("RGBA").tobytes())


def make_photo(number=1, state=State.READY, name=None, item="auto", size=8_400_000, **more):
    """One photo with what the list shows; `item` of None asks for one."""
    if item == "auto":
        item = Item(str(number), f"Item {number}", f"HP-{number:04}")
    name = name or f"photo-{number:05}.jpg"
    facts = more.pop("facts", Facts(Format.JPEG, 3000, 4000, size))
    return Photo(
        id=number,
        reference=f"r{number}",
        profile="shop",
        path=Path("/photos") / name,
        state=state,
        added_at=0,
        state_since=more.pop("state_since", 0),
        fingerprint=Fingerprint(size, 0, ""),
        facts=facts,
        item=item,
        **more,
    )


def design_batch(now, pictures=False):
    """The rows of the design's main picture, and photos to make up its counts."""
    jpeg = Format.JPEG
    mugs = (
        Item("1042", "Harbour mug, blue", "HP-1042"),
        Item("1043", "Harbour mug, sand", "HP-1043", images=1),
    )

    def row(number, name, shape, size, item, state, **more):
        facts = Facts(jpeg, *shape, size) if shape else None
        facts = more.pop("facts", facts)
        return make_photo(number, state, name, item, size, facts=facts, **more)

    rows = [
        row(1, "bowls-speckled-set3.jpg", (5472, 3078), 6_200_000,
            Item("1", "Speckled bowls, set of 3", "HP-1180"), State.LIVE, matches=True),
        row(2, "chair-oak-black.jpg", (3000, 4000), 5_900_000,
            Item("2", "Dining chair, oak", "HP-3310"), State.REJECTED,
            problem=Problem("Refused", "Its item, HP-3310, is archived.")),
        row(3, "HP-2041_lamp-terra.jpg", (2668, 4000), 4_100_000,
            Item("3", "Terracotta table lamp", "HP-2041"), State.STALLED, state_since=now - 360),
        row(4, "teapot-iron-1l.jpg", (4032, 3024), 5_200_000,
            Item("4", "Cast-iron teapot, 1 l", "HP-1022"), State.PROCESSING),
        row(5, "tote-canvas-natural.jpg", (3024, 4032), 8_400_000,
            Item("5", "Canvas tote, natural", "HP-5102"), State.UPLOADING),
        row(6, "pan-oak-handle.jpg", (6000, 4000), 8_900_000,
            Item("6", "Frying pan, 28 cm", "HP-2207"), State.WAITING, not_before=now + 12.3,
            attempts=1, focus=Focus(0.36, 0.5),
            alt="Cast-iron frying pan with an oak handle, from above",
            problem=Problem(
                "No answer", "No answer. Not in the store yet, so it will be sent again."
            ),
            facts=Facts(jpeg, 6000, 4000, 8_900_000, profile="Display P3",
                        camera="Canon EOS R6", has_gps=True,
                        judged=True, subject=Box(0.12, 0.14, 0.96, 0.91))),
        row(7, "harbour-mug.jpg", (3200, 4000), 4_400_000, None, State.READY, candidates=mugs,
            facts=Facts(jpeg, 3200, 4000, 4_400_000, orientation=6, camera="Pixel 8")),
        row(8, "IMG_4471.jpg", None, 1_900_000, None, State.REFUSED,
            findings=(Finding(FindingKind.TRUNCATED, Severity.REFUSAL,
                              "The file is damaged: it ends half-way. Nothing was sent."),)),
        row(9, "vase-celadon-tall.jpg", (2668, 4000), 3_700_000,
            Item("9", "Celadon vase, tall", "HP-4416"), State.READY),
        row(10, "candle-amber-fig.jpg", (2400, 2400), 2_800_000,
            Item("10", "Amber candle, fig", "HP-6009"), State.READY),
        row(11, "board-walnut-long.jpg", (5000, 3000), 5_500_000,
            Item("11", "Serving board, walnut", "HP-2218"), State.READY),
    ]  # fmt: skip
    number = len(rows)
    for state, count in (
        (State.READY, 21), (State.WAITING, 69), (State.PROCESSING, 5), (State.LIVE, 206)
    ):  # fmt: skip
        for _ in range(count):
            number += 1
            rows.append(make_photo(number, state))
    return rows


ONLINE = Connection(
    Link.ONLINE, "Harbour & Pine", "ines@harbourpine.shop", "https://harbourpine.shop"
)
TOTALS = Totals(207, 312, 433_000_000, 1_200_000, 360, 71)


def make_line(number=1, outcome=State.LIVE, sent_at=0.0, took=9.0, **more):
    """One line of the history with what the table shows."""
    more = {"item": Item(str(number), f"Item {number}", f"HP-{number:04}"), **more}
    path = Path("/photos") / more.pop("name", f"photo-{number:05}.jpg")
    if outcome in {State.LIVE, State.ALREADY, State.FAILED}:
        more = {"remote_id": str(8100 + number), "page": f"https://shop.example/{number}", **more}
    ended = more.pop("ended_at", sent_at + took if outcome in ENDED else None)
    return HistoryLine(number, f"r{number}", "shop", path, outcome, sent_at, ended, **more)


def history_lines(now):
    """An evening's history, newest first: each outcome once, and what went well."""
    rows = (
        ("tote-canvas-natural.jpg", "Canvas tote, natural", "HP-5102", State.UPLOADING, None),
        ("bowls-speckled-set3.jpg", "Speckled bowls, set of 3", "HP-1180", State.LIVE, None),
        ("teapot-iron-1l.jpg", "Cast-iron teapot, 1 l", "HP-1022", State.PROCESSING, None),
        ("chair-oak-black.jpg", "Dining chair, oak", "HP-3310", State.REJECTED,
         Problem("Refused", "Its item, HP-3310, is archived.")),
        ("HP-2041_lamp-terra.jpg", "Terracotta table lamp", "HP-2041", State.STALLED,
         Problem("No word from the store",
                 "Usually done in 9 s. Safe to send again: no second copy.")),
        ("harbour-mug-sand.avif", "Harbour mug, sand", "HP-1043", State.ALREADY, None),
        ("serving-board-walnut-with-a-very-long-name-for-a-photo.tif", "Serving board, walnut",
         "HP-2218", State.FAILED,
         Problem("Not a photo", "The store can’t read this TIFF. Save it as JPEG.")),
        ("IMG_4471.jpg", "Frying pan, 28 cm", "HP-2207", State.REFUSED,
         Problem("The file has changed since it was added. Replace it to send the new one.")),
        ("vase-celadon-tall.jpg", "Celadon vase, tall", "HP-4416", State.CANCELLED, None),
    )  # fmt: skip
    lines = [
        make_line(300 - n, state, now - 14 * n, 11 + n, name=name, problem=problem,
                  item=Item(str(n), title, sku))
        for n, (name, title, sku, state, problem) in enumerate(rows)
    ]  # fmt: skip
    return lines + [make_line(n, State.LIVE, now - 86400 + n, 6 + n % 9) for n in range(207, 0, -1)]
