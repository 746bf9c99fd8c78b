"""What people do with their own account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Who I am here, and where to change what."""
    return render(request, "accounts/overview.html")


@login_required
def data(request: HttpRequest) -> HttpResponse:
    """What the portal holds about me, and how to leave."""
    return render(request, "accounts/data.html")
