# The part of numba 0.68 in use: its settings, and in `core` what compiles and keeps a kernel.
from numba import config as config
