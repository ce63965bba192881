"""The short form of `make torture-server`."""

from __future__ import annotations

from pathlib import Path

from server_torture import Result, run


def test_killed_services_and_workers_lose_and_double_nothing(tmp_path: Path) -> None:
    result = run(Result(12, worker_kills=2, redis_kills=1, postgres_kills=1, seed=1), tmp_path)
    assert result.well, result
