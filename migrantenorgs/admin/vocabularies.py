"""The vocabularies: one admin for all of them."""

from django.contrib import admin

from migrantenorgs.models import FieldOfAction, LegalForm, TargetGroup
from vielfalt.listings.admin import TermAdmin

for vocabulary in (FieldOfAction, LegalForm, TargetGroup):
    admin.site.register(vocabulary, TermAdmin)
