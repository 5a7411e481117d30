"""What the page of settings reads and writes: rules on trial, station and shifts, holidays."""
