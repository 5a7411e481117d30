"""Lower bounds from seat prices, and the prices themselves."""
