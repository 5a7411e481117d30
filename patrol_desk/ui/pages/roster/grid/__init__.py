"""The grid of checkpoints and shifts: model, painting, views, header and footer."""
