"""How the window writes days, in both languages."""
