"""Every command, in the order in which a station meets them."""

from patrol_desk.cli import (
    benches,
    engines,
    files,
    imports,
    plans,
    repairs,
    replans,
    rules,
    sample_week,
    self_test,
    sheets,
    stations,
    windows,
)

COMMANDS = (
    *windows.COMMANDS,
    *stations.COMMANDS,
    *files.COMMANDS,
    *imports.COMMANDS,
    *rules.COMMANDS,
    *plans.COMMANDS,
    *repairs.COMMANDS,
    *replans.COMMANDS,
    *sheets.COMMANDS,
    *engines.COMMANDS,
    *benches.COMMANDS,
    *self_test.COMMANDS,
    *sample_week.COMMANDS,
)
