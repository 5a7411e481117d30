"""The first start: what is shown while no station is open."""
