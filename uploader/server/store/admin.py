"""Django's own pages for admins."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from uploader.server.processing.places import delete
from uploader.server.store.models import Item, ItemImage, Token, User


class _ReadOnly:
    """What the program writes, people only look at."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody makes one by hand."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        """Nobody edits one by hand."""
        return False


@admin.register(Item)
class ItemAdmin(admin.ModelAdmin[Item]):
    """The catalogue."""

    list_display = ("title", "sku", "price", "active")
    list_filter = ("active",)
    search_fields = ("title", "sku")

    def delete_queryset(self, _request: HttpRequest, queryset: QuerySet[Item]) -> None:
        """Delete several, each as it says itself; in one order, as two people may do it."""
        for item in queryset.order_by("pk"):
            item.delete()


@admin.register(ItemImage)
class ItemImageAdmin(_ReadOnly, admin.ModelAdmin[ItemImage]):
    """Pictures, and where their processing stands."""

    list_display = ("filename", "item", "state", "error_title", "attempts", "queued_at")
    list_filter = ("state",)
    search_fields = ("filename", "item__title", "item__sku", "reference")
    list_select_related = ("item",)

    def delete_model(self, _request: HttpRequest, obj: ItemImage) -> None:
        """Take it out of the shop; its row stays, so that its reference doesn't bring it back."""
        self.delete_queryset(_request, ItemImage.objects.filter(pk=obj.pk))

    def delete_queryset(self, _request: HttpRequest, queryset: QuerySet[ItemImage]) -> None:
        """Take several out of the shop."""
        for image_id in queryset.values_list("pk", flat=True):
            delete(image_id)


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Accounts. Passwords are set by `createadmin`."""

    list_display = ("email", "name", "is_staff", "is_active")
    exclude = ("password", "groups", "user_permissions", "last_login")


@admin.register(Token)
class TokenAdmin(_ReadOnly, admin.ModelAdmin[Token]):
    """Devices that are signed in; deleting one signs it out."""

    list_display = ("user", "device", "created_at", "expires_at", "revoked_at")
