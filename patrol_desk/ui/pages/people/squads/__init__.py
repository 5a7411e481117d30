"""The view of squads and response teams on the page of people."""
