"""Places that are bad for a project file: network drives, synchronised folders, two names of one file."""

from __future__ import annotations

from pathlib import Path, PurePath

_NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "davfs",
        "fuse.davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.glusterfs",
        "ceph",
        "lustre",
        "9p",
    ]
)
_SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "owncloud")
_MARKERS = (".stfolder", ".dropbox", ".nextcloudsync.log", ".sync")
_MOUNTS = Path("/proc/self/mounts")


def warning_about(path: Path) -> str:
    """Return one sentence that warns of where a project file lies, empty when there is nothing to say."""
    mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace") if _MOUNTS.exists() else ""
    if _is_on_network(path, mounts):
        return (
            "The project lies on a network drive, where two computers can damage it by writing at once. "
            "Keep it on this computer, or share it through a server."
        )
    if is_synced(path):
        return (
            "The project lies in a folder that is synchronised: open it on one computer at a time, "
            "and wait until it is synchronised before you open it on another."
        )
    if path.stat().st_nlink > 1:
        return "The project file has a second name (a hard link): opening it by both at once would damage it."
    return ""


def _is_on_network(path: Path, mounts: str) -> bool:
    return str(path).startswith(("\\\\", "//")) or filesystem_of(path, mounts) in _NETWORK


def filesystem_of(path: PurePath, mounts: str) -> str:
    """Return the type of the file system that holds ``path``, by ``/proc/self/mounts``; empty if unknown."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:  # noqa: PLR2004  (device, mount point, type)
            continue
        point = PurePath(fields[1].encode().decode("unicode_escape"))
        if path.is_relative_to(point) and len(point.parts) > best:
            best, found = len(point.parts), fields[2]
    return found


def is_synced(path: Path) -> bool:
    """Whether a file lies in a folder that a known program synchronises, by the folder's name or the marks in it."""
    return any(
        folder.name.lower().startswith(_SYNCED) or any((folder / marker).exists() for marker in _MARKERS)
        for folder in path.parents
        if folder.name
    )
