"""Addresses of the pages in "Mein Bereich", whichever domain they are about."""

from django import template

from vielfalt.listings.workspace.keeping import page_url, part_url

register = template.Library()
register.simple_tag(page_url)
register.simple_tag(part_url)
