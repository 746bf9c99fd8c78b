"""How the portal tells people who write to it from programs that do: no captcha, no third party, no cookie."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from vielfalt.listings.models import ChangeRequest

SHORTEST_SECONDS = 3
"""No person fills in a form faster."""
LONGEST_SECONDS = 24 * 3600
"""After that a form gets a new token, so that nobody keeps tokens in stock."""

WINDOW = timedelta(hours=1)
MOST_OF_ADDRESS = 5
MOST_OF_NETWORK = 20
"""How many messages are taken in that time; town halls and schools share one network."""

PREFIXES = {4: 24, 6: 48}
"""How many bits of an address name the network, in IPv4 and IPv6."""

_SALT = "listings.form"


def new_token() -> str:
    """Return what a form carries along, so that sending it twice writes once."""
    return signing.dumps([str(uuid4()), time.time()], salt=_SALT)


def read_token(token: str) -> tuple[UUID, float] | None:
    """Return the identity and the age in seconds of a form, or ``None`` if the portal did not make it lately."""
    try:
        identity, made_at = signing.loads(token, salt=_SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return None
    return UUID(identity), time.time() - made_at


def network_of(request: HttpRequest) -> str:
    """Return the sender's network as a code that means nothing after today.

    Networks, not single addresses: whoever sends in masses has many of those.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # Behind a proxy; what stands before its own entry anybody may have written.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        version = ip_address(address).version
    except ValueError:
        return ""
    network = ip_network(f"{address}/{PREFIXES[version]}", strict=False)
    return salted_hmac("listings.network", f"{timezone.localdate()} {network}", algorithm="sha256").hexdigest()


def too_many(*, email: str, network: str) -> bool:
    """Whether this address or this network has sent so much lately that the next message must wait."""
    recent = ChangeRequest.objects.sent_since(timezone.now() - WINDOW)
    if email and recent.filter(author_email__iexact=email).count() >= MOST_OF_ADDRESS:
        return True
    return bool(network) and recent.filter(sender_network=network).count() >= MOST_OF_NETWORK


def without_cookies(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Guard against forged requests only where there is a log-in to abuse; all others need no cookie."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return (protected if request.user.is_authenticated else view)(request, *args, **kwargs)

    return guarded
