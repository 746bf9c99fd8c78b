"""Sucht / bietet: short notices of organisations with an end, whatever strand they belong to."""
