"""Thin adapters from plain rows to Qt item models."""
