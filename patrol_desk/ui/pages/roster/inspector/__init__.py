"""The panel beside the grid: who stands in a cell, who could, who may not and why."""
