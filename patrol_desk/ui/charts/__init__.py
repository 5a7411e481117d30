"""Charts; pyqtgraph is imported by the first one that is shown, never before."""
