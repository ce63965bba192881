"""A program that is killed: takes all photos of an outbox to the end, with a store on disk.

The store can't recognise a repeat, so that every photo sent twice shows as two pictures.
Arguments: the outbox's file, the store's folder, the photos' folder.
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from functools import partial
from itertools import count
from pathlib import Path

from uploader.domain.cancel import CancelToken
from uploader.domain.findings import Facts, Format, Inspection, Limits
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, RemotePhoto, RemoteState
from uploader.engine.check import check
from uploader.engine.examine import examine
from uploader.engine.follow import Follower
from uploader.engine.reconcile import SETTLING, Reconcile
from uploader.engine.settle import Settle
from uploader.engine.upload import UploadOne
from uploader.outbox import Outbox

URLS = {"thumb": "t", "square": "s"}


class DiskStore:
    capabilities = Capabilities(idempotent=False, resumable=False)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def upload(self, photo, source, report, cancel) -> RemotePhoto:
        number = uuid.uuid4().hex
        half = self.folder / f"{number}.half"
        with source.open_at(0) as stream, half.open("wb") as file:
            while block := stream.read(100):
                file.write(block)
                report(stream.tell())
        (self.folder / f"{number}.tmp").write_text(json.dumps({"reference": photo.reference}))
        (self.folder / f"{number}.tmp").rename(self.folder / f"{number}.json")
        return self._remote(number, photo.reference, RemoteState.PROCESSING)

    def find(self, photo, cancel) -> RemotePhoto | None:
        for file in self.folder.glob("*.json"):
            if json.loads(file.read_text())["reference"] == photo.reference:
                return self._remote(file.stem, photo.reference, RemoteState.LIVE)
        return None

    def status(self, photos, wait, cancel) -> list[RemotePhoto]:
        return [self._remote(p.poll_address, p.reference, RemoteState.LIVE) for p in photos]

    def fetch(self, remote, style, cancel) -> bytes:
        return b"picture"

    def discard(self, photo, cancel) -> None:
        pass

    @staticmethod
    def _remote(number: str, reference: str, state: RemoteState) -> RemotePhoto:
        return RemotePhoto(number, state, reference, poll_address=number, urls=URLS)


def main(file: Path, folder: Path, photos: Path) -> None:
    outbox = Outbox.open(file).outbox
    settle = Settle(outbox, DiskStore(folder), lambda photo, fetched: True)
    # As if the time in which a slow store may still store something had passed.
    reconcile = Reconcile(settle, steady=count(step=SETTLING).__next__)
    upload = UploadOne(settle, reconcile)
    follower = Follower(settle, "shop")
    cancel = CancelToken()
    sys.stdout.write("working\n")
    sys.stdout.flush()
    outbox.recover(time.time())
    if not outbox.photos("shop"):
        outbox.add("shop", sorted(photos.iterdir()), time.time())
    found = Inspection(Facts(Format.JPEG, 1, 1, 1))
    look = partial(examine, look=lambda path, limits: found)
    while any(p.state is not State.LIVE for p in outbox.photos("shop")):
        if added := outbox.oldest("shop", State.ADDED):
            check(added, outbox, Limits(), None, look=look)
        ready = [p.id for p in outbox.in_state("shop", State.READY)]
        outbox.move_many(ready, State.WAITING)
        for photo in reconcile.due("shop"):
            reconcile(photo, cancel)
        if claimed := outbox.claim("shop", time.time()):
            upload(claimed, lambda _: None, cancel)
        follower.step(cancel)
    outbox.close()
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
