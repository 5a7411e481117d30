"""Putting somebody into a cell: what stands against it, dragging, and the dialog when rules object."""
