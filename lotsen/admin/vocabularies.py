"""The vocabularies: one admin for all of them."""

from django.contrib import admin

from lotsen.models import CarrierType, FieldOfWork, Funding, RequestChannel, Specialisation, TargetGroup, Umbrella
from vielfalt.listings.admin import TermAdmin

for vocabulary in (CarrierType, FieldOfWork, Funding, RequestChannel, Specialisation, TargetGroup, Umbrella):
    admin.site.register(vocabulary, TermAdmin)
