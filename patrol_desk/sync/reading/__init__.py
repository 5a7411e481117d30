"""From files as real desks send them to typed rows that know their place."""
