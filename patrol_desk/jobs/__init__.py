"""Work that runs beside the caller: the engine in its own process."""
