"""One start of the background, as a process of its own: says on stdout how it went.

Arguments: the data folder, what to do (``sign-in``, ``resume``, ``sign-out``), and to sign in
also the store's address and the account; the password is in STORE_PASSWORD.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.background.values import Connection, Link
from uploader.domain.stores import Account, Credentials


def main(data: str, do: str, address: str = "", email: str = "") -> None:
    app = QCoreApplication([])
    desk = Desk(Settings(Path(data)))
    said = {"keychain": None, "link": "", "title": "", "token": ""}

    def signed_in(account: Account) -> None:
        said["token"] = account.token

    def changed(connection: Connection) -> None:
        said["link"], said["title"] = connection.link.value, connection.title
        if connection.link is Link.ONLINE and do == "sign-out":
            desk.sign_out()
        elif connection.link is Link.SIGNED_OUT and do != "sign-in" and desk.keychain is not None:
            app.quit()

    def opened() -> None:
        said["keychain"] = desk.keychain
        # How it stands may have been told before: nobody waits for the keychain with that.
        if do == "resume" and said["title"]:
            app.quit()
        if do == "sign-in":
            credentials = Credentials(email, os.environ["STORE_PASSWORD"])
            desk.sign_in(address, credentials, stay=True)

    desk.signed_in.connect(signed_in)
    desk.connection_changed.connect(changed)
    # The catalogue is read after the keychain has taken the key.
    desk.catalogue_loaded.connect(lambda _: app.quit() if do != "sign-out" else None)
    desk.opened.connect(opened)
    QTimer.singleShot(0, desk.start)
    QTimer.singleShot(60_000, app.quit)
    app.exec()
    desk.close()
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
