"""People of each role, as tests need them."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from archive.admin import roles

ROLES = (roles.ENTERING, roles.REVIEWING, roles.MANAGING)


def person(role: str, name: str = "") -> Client:
    """A client who is logged in as somebody of ``role``; "" has no role, "admin" is the superuser."""
    users = get_user_model().objects
    if role == "admin":
        user = users.create_superuser(name or "admin")
    else:
        user = users.create_user(name or role or "nobody", is_staff=True)
        user.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(user)
    return client
