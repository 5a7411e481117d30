"""The infeasibility doctor's page: gaps by kind, where everybody has gone, what could give way."""
