"""The day's page: shifts on a time line, who is due now and next, gaps, alerts, handover notes."""
