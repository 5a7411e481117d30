"""Widgets that every page shares: each looks by the tokens and works by key."""
