"""The least that Django can do: no middleware, no database, one view. What the portal is measured against."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="bare", MIDDLEWARE=[], LOGGING_CONFIG=None
)


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Vielfalt")


urlpatterns = [path("robots.txt", view), path("", view)]
application = get_wsgi_application()
