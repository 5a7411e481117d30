"""The offline map: coverage of a shift over the ground."""
