"""When a page cannot be shown: a page that says why, in words, with a way on; a twin says it in JSON."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from archive.search import Busy
from archive.views.keeping import validated
from archive.views.twins import refuse

View = Callable[..., HttpResponseBase]
METHODS = ("GET", "HEAD")
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)  # see DATA_UPLOAD_MAX_… in the settings
READABLE = "ETag, Retry-After, X-Search-Degraded"  # headers that scripts of other sites may see
_MACHINES = re.compile(r"\.[a-z]+$|/feed/$|/original$|/oai/$")  # addresses that are not for people


class NoSuchSpeech(Http404):
    """No published speech has this number."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_MUCH):
        said = _("一次提交的内容太多，没有收下。请按浏览器的“后退”（填的一般还在），分几次提交。")
        return refusal(request, 400, said)
    return refusal(request, 400, _("这个请求无法理解。请检查地址，或从首页重新开始。"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, 403, _("没有权限打开这一页。请用有权限的账号登录后再试。"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that came without its token: an old page, a blocked cookie, or another site's doing."""
    return refusal(
        request, 403, _("这个表单已经过期，没有提交。请返回上一页，刷新后再试；浏览器须允许 Cookie。")
    )


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """429 at the login after too many wrong passwords."""
    response = refusal(request, 429, _("密码错误次数过多，请 5 分钟后再试；忘记密码请找管理员重设。"))
    response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, NoSuchSpeech):
        return refusal(
            request, 404, _("没有这篇讲话。编号可能有误，或者文稿已经撤下；可以搜索，或浏览全部讲话。")
        )
    return refusal(request, 404, _("没有这一页。地址可能有误；可以搜索，或浏览全部讲话。"))


def no_such_page(request: HttpRequest, first: str) -> HttpResponse:
    """404 for a page number that a list does not have; ``first`` is the address of its first page."""
    return refusal(request, 404, _("没有这一页。"), field="page", first=first)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: neither the database nor the request is asked for anything, for one of them may be what failed."""
    message = _("页面出错了，不是您的问题。请稍后再试；仍然出错请告诉管理员。")
    if wants_json(request):
        return refuse("", message, 500)
    return HttpResponse(render_to_string("errors/500.html", {"message": message}), status=500)


def busy(request: HttpRequest) -> HttpResponse:
    """503 when more searches are under way than are good for everybody's other pages."""
    response = refusal(request, 503, _("正在检索、对比的人很多，请过几秒钟再试一次。"))
    response["Retry-After"] = "3"
    return response


def read_only(view: View) -> View:
    """The view answers GET and HEAD; any other method is told so, without asking for a CSRF token first.

    Whoever keeps an answer has to ask before showing it again: a speech may have been withdrawn. What has not
    changed is not sent again.
    """

    @csrf_exempt
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in METHODS:
            try:
                response = view(request, *args, **kwargs)
            except Busy:
                return busy(request)
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, no_cache=True)
            response = validated(request, response)
            patch_vary_headers(response, ["Accept-Encoding"])  # 304 too (RFC 9110, 15.4.5)
            return opened(response)
        response = refusal(request, 405, _("这个地址只能读取，不接受这种请求。"))
        response["Allow"] = ", ".join(METHODS)
        return response

    return guarded


def opened(response: HttpResponseBase) -> HttpResponseBase:
    """Scripts of any site may read what is not a page: nothing in it depends on who asks, or on a cookie."""
    if not response.get("Content-Type", "").startswith("text/html"):
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = READABLE
    return response


def refusal(
    request: HttpRequest, status: int, message: str, *, field: str = "", first: str = ""
) -> HttpResponse:
    """The error as a page, or as {"error": {"field", "message"}} where a program asked."""
    if wants_json(request):
        response = refuse(field, message, status)
    else:
        context = {"status": status, "message": message, "first": first, "home": reverse("home")}
        response = render(request, "errors/error.html", context, status=status)
    if is_for_programs(request.path):
        patch_vary_headers(response, ["Accept"])
    patch_cache_control(response, no_cache=True)
    opened(response)
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asked: for JSON, or for a file without preferring pages, as browsers do."""
    if request.path.endswith(".json"):
        return True
    preferred = request.get_preferred_type(["application/json", "text/html"])
    return is_for_programs(request.path) and preferred != "text/html"


def is_for_programs(path: str) -> bool:
    """Whether an address gives a file or a feed, no page."""
    return bool(_MACHINES.search(path))
