"""What the portal checks of every request before a page sees it."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def refuse_null_characters(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 400 for addresses of the admin with a null character: the database cannot even compare it.

    Public pages answer such questions themselves, as any other that finds nothing.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("admin:index")) and _has_null(request):
            return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
        return get_response(request)

    return middleware


def _has_null(request: HttpRequest) -> bool:
    texts = [request.path, *request.GET, *(value for values in request.GET.lists() for value in values[1])]
    return any("\0" in text for text in texts)
