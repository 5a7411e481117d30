"""Long work next to the desk: the engine's process and who waits for it."""
