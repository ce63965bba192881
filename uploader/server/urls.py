"""Every address. Who may see which is decided in `access.gate`, before any of these is asked."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from uploader.server.access import browser
from uploader.server.access.account import Account
from uploader.server.api.routes import api
from uploader.server.look import style_sheet
from uploader.server.media import picture
from uploader.server.monitor.pages import Jobs
from uploader.server.operations import health
from uploader.server.operations.metrics import metrics
from uploader.server.shop import pages as shop

urlpatterns = [
    path("healthz", health.healthy),
    path("readyz", health.ready),
    path("metrics", metrics),
    path("sign-in", browser.SignIn.as_view(), name="sign-in"),
    path("sign-out", browser.sign_out, name="sign-out"),
    path("media/<slug:picture>/<slug:version>/<str:name>", picture, name="picture"),
    path("api/", api.urls),
    path("jobs/", Jobs.as_view(), name="jobs"),
    path("jobs/account/", Account.as_view(), name="account"),
    path("shop/", shop.catalogue, name="shop"),
    path("shop/<int:item_id>", shop.item, name="shop-item"),
    path("store.css", style_sheet, name="style-sheet"),
    path("admin/login/", browser.raising_not_found),
    path("admin/", admin.site.urls),
]

handler400 = "uploader.server.problems.bad_request"
handler403 = "uploader.server.problems.forbidden"
handler404 = "uploader.server.problems.not_found"
handler500 = "uploader.server.problems.server_error"
