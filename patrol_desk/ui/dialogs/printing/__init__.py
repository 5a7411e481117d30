"""Printing from the window: what to print, the preview, the PDF, the printer."""
