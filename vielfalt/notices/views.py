"""The public list of notices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vielfalt.answers.sharing import shared
from vielfalt.listings.filters import PAGE
from vielfalt.listings.paging import EntryPaginator
from vielfalt.notices.filters import NoticeFilter
from vielfalt.notices.models import Notice

NOTICES_A_PAGE = 20


@require_safe
@shared
def notice_list(request: HttpRequest) -> HttpResponse:
    """Who seeks or offers what, perhaps near a place."""
    search = NoticeFilter(request.GET, Notice.objects.visible_to(request.user), options=True)
    paginator = EntryPaginator(lambda: search.ordered().for_cards(), NOTICES_A_PAGE, search.total)
    return render(request, "notices/list.html", {"search": search, "page": paginator.get_page(request.GET.get(PAGE))})
