"""Network shares: SQLite's locks do not hold there, so a database on one is refused."""

import re
import sys
from pathlib import Path

_SHARES = frozenset(
    {
        "afs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse",
        "fuse.rclone", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
    }
)  # fmt: skip
_DRIVE_REMOTE = 4
_OCTAL = re.compile(r"\\([0-7]{3})")


def on_share(path: Path) -> bool:
    """Say whether the path lies on a network share."""
    if sys.platform == "win32":
        import ctypes

        resolved = path.resolve()
        return windows_share(str(resolved), ctypes.windll.kernel32.GetDriveTypeW(resolved.anchor))
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return mount_is_share(path.resolve(), mounts)


def windows_share(resolved: str, drive_type: int) -> bool:
    r"""Say whether a resolved Windows path is ``\\server\…`` or on a drive that GetDriveTypeW calls remote."""
    device = resolved.startswith(("\\\\?\\", "\\\\.\\"))
    unc = resolved.startswith("\\\\") and (not device or resolved[4:8].upper() == "UNC\\")
    return unc or drive_type == _DRIVE_REMOTE


def mount_is_share(path: Path, mounts: str) -> bool:
    """Say whether the innermost mount of a path is a network file system.

    Parameters
    ----------
    path
        Absolute, resolved.
    mounts
        Text of ``/proc/mounts``: device, mount point, type, options; later lines cover earlier ones.
    """
    innermost, kind = 0, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[1]))
        if path.is_relative_to(point) and len(point.parts) >= innermost:
            innermost, kind = len(point.parts), fields[2]
    return kind in _SHARES
