"""A proxy that answers in the store's place: one hiccup, or is there no store behind it."""

from __future__ import annotations

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError, GatewayError, StoreError
from uploader.engine.outcome import STORE_TROUBLE
from uploader.stores.protocol import Store


def seen_through(error: Exception, store: Store, cancel: CancelToken) -> Exception:
    """Give what is behind an error: the whole store's trouble, where a probe meets that too.

    A photo that fails alone, at a proxy with a store behind it, keeps its own error: else it
    would hold up all others, over and over. A probe that is cancelled leaves `CancelledError`.
    """
    if isinstance(error, GatewayError):
        try:
            store.probe(cancel)
        except (*STORE_TROUBLE, CancelledError) as trouble:
            return trouble
        except StoreError:
            return error
    return error
