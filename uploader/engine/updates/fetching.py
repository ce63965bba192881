"""Fetches the manifest: one small file, asked for without saying anything about who asks."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from uploader.domain.cancel import CancelToken, brief
from uploader.domain.errors import CancelledError, OfflineError, StrangerError, UntrustedError
from uploader.domain.preferences import Network
from uploader.domain.updates import StrangeAnswerError, UnaskedError
from uploader.engine.updates import words
from uploader.engine.updates.address import usable
from uploader.engine.updates.envelope import LIMIT
from uploader.stores.address import host_of
from uploader.stores.transport import Answer, Transport

SECONDS = 30.0
"""For all of it, however slowly an answer drips in."""
MOST_STEPS = 5

_HEADERS = {"User-Agent": "StoreUploader", "Accept": "*/*", "Cache-Control": "no-cache"}
"""Neither version nor system: what runs where is nobody's business."""
_ELSEWHERE = frozenset({301, 302, 303, 307, 308})
_FOUND = 200


@dataclass(frozen=True, slots=True)
class Fetcher:
    """The way to the network. `verify` is as requests takes it; `seconds` are for all of it."""

    verify: bool | str = True
    network: Network | None = None
    seconds: float = SECONDS

    def fetch(self, address: str, cancel: CancelToken) -> bytes:
        """Fetch at most `LIMIT` bytes. Raises UnaskedError, StrangeAnswerError, CancelledError."""
        host = host_of(_checked(address))
        transport = Transport(
            verify=self.verify,
            network=self.network,
            connect_timeout=min(10.0, self.seconds),
            read_timeout=self.seconds,
        )
        try:
            with brief(self.seconds) as token, cancel.interrupting(token.cancel):
                return _follow(transport, address, token)
        except CancelledError as error:
            cancel.check()
            raise _unasked(words.TOO_LATE, host) from error
        except UntrustedError as error:
            raise _unasked(words.UNTRUSTED, host) from error
        except StrangerError as error:
            # More bytes than any manifest has.
            raise StrangeAnswerError(*words.STRANGE) from error
        except OfflineError as error:
            raise _unasked(words.NOBODY, host) from error
        except ValueError as error:
            # requests looks at where an answer leads, and stumbles over what is no address.
            raise _unasked(words.OPEN_WAY, host) from error
        finally:
            transport.close()


def _follow(transport: Transport, address: str, cancel: CancelToken) -> bytes:
    """Ask, and go on where the answer sends us: over secure ways alone."""
    for _ in range(MOST_STEPS):
        answer = transport.request("GET", address, headers=_HEADERS, cancel=cancel, limit=LIMIT)
        # Where it was cut off the answer only seems to have ended.
        cancel.check()
        if answer.status == _FOUND:
            return answer.body
        if answer.status not in _ELSEWHERE:
            raise _unasked(words.NO_ANSWER, host_of(address))
        address = _next(answer, address)
    raise _unasked(words.TOO_FAR, host_of(address))


def _checked(address: str) -> str:
    try:
        return usable(address)
    except ValueError as error:
        raise UnaskedError(*words.NO_ADDRESS) from error


def _next(answer: Answer, address: str) -> str:
    try:
        there = urljoin(address, answer.headers.get("Location", ""))
        secure = urlsplit(there).scheme == "https" and bool(urlsplit(there).hostname)
    except ValueError:
        secure = False
    if not secure:
        raise _unasked(words.OPEN_WAY, host_of(address))
    return there


def _unasked(said: tuple[str, str], host: str) -> UnaskedError:
    title, detail = said
    return UnaskedError(title, detail.format(host=host))
