"""The monitor: one page, and one that asks before anything is taken out of the shop."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from uploader.server.monitor.chart import chart
from uploader.server.monitor.health import Hour, judge, span
from uploader.server.monitor.listing import VIEWS, Listing, row
from uploader.server.processing import queue
from uploader.server.processing.places import delete

REFRESH = 10
"""Seconds after which a page without anything to choose asks anew."""

MOST = 500
"""Images that one press of a button retries or discards; the next press takes the rest.
Django takes no more than 1,000 fields in a form."""


class Jobs(View):
    """How processing is, and what failed, with its reason and its ways out."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        counts, minutes, workers = queue.counts(), queue.last_hour(), queue.workers()
        hour = Hour.of(minutes)
        alive = sum(worker.alive for worker in workers)
        answers = queue.jobs_waiting() is not None
        listing = Listing.of(request).settled(counts)
        page = listing.page()
        # What somebody is choosing from or reading isn't taken away under their hands.
        still = listing.view == "failed" and page.paginator.count > 0
        context = {
            "store": settings.STORE_NAME,
            "now": timezone.now(),
            "refresh": 0 if still or listing.query else REFRESH,
            "verdict": judge(counts, alive, hour, answers=answers),
            "counts": counts,
            "oldest": span(counts.oldest) if counts.waiting else "",
            "hour": hour,
            "median": "–" if hour.seconds is None else span(hour.seconds),
            "slowest": "" if hour.slowest is None else span(hour.slowest),
            "workers": workers,
            "alive": alive,
            "chart": chart(minutes),
            "listing": listing,
            "views": [
                (name, label, getattr(counts, name, None), listing.address(view=name, page=""))
                for name, label in VIEWS.items()
            ],
            "page": page,
            "rows": [row(image, request) for image in page],
            "newer": listing.address(page=str(page.number - 1)) if page.has_previous() else "",
            "older": listing.address(page=str(page.number + 1)) if page.has_next() else "",
        }
        return render(request, "store/jobs.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try again, or discard: one image, the chosen ones, or all that the search finds."""
        listing = Listing.of(request)
        listing.view = "failed"
        chosen = _chosen(request, listing)
        if request.POST.get("do") == "retry" or "retry" in request.POST:
            queue.retry(chosen)
        elif "sure" in request.POST:
            for image_id in chosen:
                delete(image_id)
        elif chosen:
            context = {
                "store": settings.STORE_NAME,
                "listing": listing,
                "chosen": chosen,
                "back": listing.address(),
            }
            return render(request, "store/discard.html", context)
        return HttpResponseRedirect(listing.address())


def _chosen(request: HttpRequest, listing: Listing) -> list[int]:
    """Give the numbers of those that are meant, never of others than failed ones."""
    said = request.POST
    if said.get("all"):
        return list(listing.images().values_list("pk", flat=True)[:MOST])
    one = said.get("retry") or said.get("discard")
    numbers = [one] if one else said.getlist("image")
    meant = {int(number) for number in numbers if number.isascii() and number.isdigit()}
    # SQLite's largest integer has 19 digits.
    meant = {number for number in meant if number < 2**63}
    return list(listing.images().filter(pk__in=list(meant)[:MOST]).values_list("pk", flat=True))
