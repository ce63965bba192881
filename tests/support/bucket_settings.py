"""The server's settings with a bucket in place of the folder, for tests."""

from __future__ import annotations

import os
from typing import Any

from uploader.server import settings as _usual

for _name in dir(_usual):
    if _name.isupper():
        globals()[_name] = getattr(_usual, _name)

STORAGES: dict[str, Any] = {
    **_usual.STORAGES,
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "pictures",
            "location": "shop/",
            "endpoint_url": os.environ["TEST_BUCKET_URL"],
            "access_key": "test",
            "secret_key": "test",
            "region_name": "us-east-1",
        },
    },
}
