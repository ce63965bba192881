"""Sample items, for the demo and for trying out."""

from __future__ import annotations

from django.db import transaction

from uploader.server.store.management.command import StoreCommand
from uploader.server.store.models import Item

ITEMS = (
    ("HP-1022", "Cast-iron teapot, 1 l", "89.00"),
    ("HP-1042", "Harbour mug, blue", "18.00"),
    ("HP-1043", "Harbour mug, sand", "18.00"),
    ("HP-1044", "Harbour mug, slate", "18.00"),
    ("HP-1101", "Stoneware plate, 26 cm", "22.00"),
    ("HP-1180", "Speckled bowls, set of 3", "54.00"),
    ("HP-1181", "Speckled serving dish", "46.00"),
    ("HP-2041", "Terracotta table lamp", "129.00"),
    ("HP-2042", "Linen floor lamp", "189.00"),
    ("HP-2207", "Frying pan, 28 cm", "74.00"),
    ("HP-2208", "Saucepan, 2 l", "82.00"),
    ("HP-2218", "Serving board, walnut", "48.00"),
    ("HP-2219", "Bread knife, ash", "39.00"),
    ("HP-3310", "Dining chair, oak", "249.00"),
    ("HP-3311", "Dining bench, oak", "329.00"),
    ("HP-3325", "Step stool, beech", "95.00"),
    ("HP-4416", "Celadon vase, tall", "68.00"),
    ("HP-4417", "Celadon vase, round", "58.00"),
    ("HP-5102", "Canvas tote, natural", "32.00"),
    ("HP-5103", "Canvas tote, navy", "32.00"),
    ("HP-5210", "Wool throw, moss", "110.00"),
    ("HP-6009", "Amber candle, fig", "28.00"),
    ("HP-6010", "Amber candle, cedar", "28.00"),
    ("HP-6120", "Reed diffuser, sea salt", "36.00"),
)
ARCHIVED = ("HP-7001", "Wicker basket, large", "64.00")


class Command(StoreCommand):
    """``seed``; what is there already stays as it is."""

    help = "Add sample items."

    @transaction.atomic
    def handle(self, *_: object, **__: object) -> None:
        """Add what is missing, one item of it archived."""
        added = 0
        for sku, title, price in (*ITEMS, ARCHIVED):
            if Item.objects.filter(sku=sku).exists() or Item.objects.filter(title=title).exists():
                continue
            Item.objects.create(sku=sku, title=title, price=price, active=sku != ARCHIVED[0])
            added += 1
        self.stdout.write(f"{added} items added.")
