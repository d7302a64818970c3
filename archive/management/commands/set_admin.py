"""The administrator's account, from the environment: for scripts and for the first start."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

NAME = "admin"


class Command(BaseCommand):
    help = "Create the user admin, or set its password, from the environment variable ADMIN_PASSWORD."

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects
        password = os.environ.get("ADMIN_PASSWORD", "")
        if not password:
            if not users.filter(is_superuser=True).exists():
                self.stdout.write("还没有管理员。建立一个：ADMIN_PASSWORD=口令 make run（用户名 admin）")
            return
        user, created = users.get_or_create(username=NAME)
        self.check_password(password, user)
        if user.check_password(password) and user.is_superuser and user.is_active:
            return
        user.is_staff = user.is_superuser = user.is_active = True
        user.set_password(password)
        user.save()
        self.stdout.write(f"{'已建立' if created else '已更新'}管理员 {NAME}。")

    def check_password(self, password: str, user: Any) -> None:
        """Refuse a weak password on a public site, warn of it on one's own machine."""
        try:
            validate_password(password, user)
        except ValidationError as error:
            reasons = "".join(error.messages)
            if settings.PRODUCTION:
                raise CommandError(f"口令太弱：{reasons}请换一个更长的 ADMIN_PASSWORD。") from error
            self.stderr.write(self.style.WARNING(f"口令太弱，只宜在本机试用：{reasons}"))
