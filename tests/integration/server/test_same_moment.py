"""One photo sent several times in the same moment: once in the store, and no error for anybody."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor


def test_one_reference_from_all_sides_is_one_picture(client, client_of, companion, photo, item):
    for _ in range(4):
        data, reference = photo(), str(uuid.uuid4())

        def send(_: int, data: bytes = data, reference: str = reference) -> int:
            with client_of(companion.url, token=client.token) as own:
                answer = own.upload(data, item, reference=reference)
                assert answer.status_code == 201, answer.text
                return int(answer.headers["Upload-Offset"])

        with ThreadPoolExecutor(6) as pool:
            reached = list(pool.map(send, range(6)))
        # Who came in between is told how far it is.
        assert len(data) in reached
    count = "SELECT count(*) FROM store_itemimage WHERE item_id = ?"
    assert companion.sql(count, item) == [(4,)]
