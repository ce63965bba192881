"""`/metrics` for Prometheus: most of it read from the rows at the moment of asking.

So it is the same on every web host, whatever processes there are; only requests are counted
where they are answered. Admins may see it, and who has the key STORE_METRICS_TOKEN.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from uploader.server.operations.counting import counted
from uploader.server.operations.health import CHECKS
from uploader.server.processing import queue
from uploader.server.store.models import ChangeCounter, DroppedFile, ImageState, ItemImage, Upload


class Rows(Collector):
    """Reads the store's tables."""

    def collect(self) -> Iterator[Metric]:
        """Give everything that rows can tell."""
        yield from _images()
        yield from _queue()
        yield from _uploads()
        yield _gauge("store_files_to_drop", "Stored files that no row names any more.",
                     DroppedFile.objects.count())  # fmt: skip


class Place(Collector):
    """Looks at this host."""

    def collect(self) -> Iterator[Metric]:
        """Give the room on its disk, and what `/readyz` says."""
        free = shutil.disk_usage(settings.STORE_DATA).free
        yield _gauge("store_disk_free_bytes", "Room where uploads under way are kept.", free)
        ready = GaugeMetricFamily("store_ready", "1 where a part is well.", labels=["check"])
        for name, check in CHECKS.items():
            ready.add_metric([name], float(not check.why_not()))
        yield ready


def metrics(_request: HttpRequest) -> HttpResponse:
    """Answer in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(Rows())
    registry.register(Place())
    body = generate_latest(registry) + generate_latest(counted())
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)


def _images() -> Iterator[Metric]:
    counts = dict.fromkeys(ImageState.values, 0)
    rows = ItemImage.objects.order_by().values_list("state")
    counts.update(dict(rows.annotate(Count("pk"))))
    states = GaugeMetricFamily("store_images", "Images by state.", labels=["state"])
    for state, number in counts.items():
        states.add_metric([state], number)
    yield states
    ends = ChangeCounter.objects.filter(pk=1).values_list("processed", "failed").first() or (0, 0)
    yield CounterMetricFamily("store_images_processed", "Images that came live.", value=ends[0])
    yield CounterMetricFamily("store_images_failed", "Images that ended as failed.", value=ends[1])


def _queue() -> Iterator[Metric]:
    counts = queue.counts()
    states = GaugeMetricFamily("store_queue_images", "Images in processing.", labels=["state"])
    states.add_metric(["running"], counts.running)
    states.add_metric(["waiting"], counts.waiting)
    yield states
    yield _gauge("store_queue_oldest_seconds", "How long the oldest of those that wait has.",
                 counts.oldest)  # fmt: skip
    yield _gauge("store_workers", "Worker processes that were heard of lately, on all hosts.",
                 queue.alive_workers())  # fmt: skip


def _uploads() -> Iterator[Metric]:
    under_way = Upload.objects.filter(image=None, expires_at__gt=timezone.now())
    found = under_way.aggregate(number=Count("pk"), arrived=Sum("offset"))
    yield _gauge("store_uploads_unfinished", "Uploads begun and not finished.", found["number"])
    yield _gauge("store_uploads_unfinished_bytes", "Their bytes that have arrived.",
                 found["arrived"] or 0)  # fmt: skip


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)
