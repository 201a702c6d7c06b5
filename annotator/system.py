"""What the machine has: a display, the system libraries that Qt needs, and a way to install them.

Standard library only: it is asked before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

SETTING_UP = "Annotator sets itself up (once; a minute or two): "

# Shared library -> Debian package, each found by running Qt 6.11 on a system that had none of them.
_ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
_TEST_TOOLS = {  # what the tests run that ask the program as a screen reader does, or as a desktop does
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "desktop-file-validate": "desktop-file-utils",
    "update-mime-database": "shared-mime-info",
    "gio": "libglib2.0-bin",
    "appstreamcli": "appstream",
}
_DISPLAY_NAME = 3  # of GetUserNameExW
_FIRST_PERSON = 1000
"""The least user id of a person on Linux; "root" and the like are no names of analysts."""
_WAYLAND = {"libwayland-cursor.so.0": "libwayland-cursor0"}
_PACKED = {"libcups.so.2": "libcups2"}  # what a bundle takes along beside those for X11, to print
_PACKING_TOOLS = {  # what builds a bundle and a package of it
    "objdump": "binutils",
    "dpkg-deb": "dpkg",
    "xz": "xz-utils",
}


class SetUpError(Exception):
    """The set-up cannot go on; the message says what to do, with the exact line to type where there is one."""


def has_display() -> bool:
    """Tell whether a window can be shown; Qt would abort the process instead of saying so."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform in {"win32", "darwin"}:
        return True
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    return bool((wayland and _wayland_answers()) or (x11 and _x11_answers()))


def _x11_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the library comes with those that are installed next
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers


def _wayland_answers() -> bool:
    try:
        wayland = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return True
    wayland.wl_display_connect.restype = ctypes.c_void_p
    connection = wayland.wl_display_connect(None)
    if connection:
        wayland.wl_display_disconnect(ctypes.c_void_p(connection))
    return bool(connection)


def user_name() -> str:
    """Return the name of the person who is logged in as the system knows it, empty when it knows none."""
    if sys.platform == "win32":
        name = ctypes.create_unicode_buffer(256)
        length = ctypes.c_ulong(len(name))
        known = ctypes.windll.secur32.GetUserNameExW(_DISPLAY_NAME, name, ctypes.byref(length))
        return name.value.strip() if known else ""
    import pwd

    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError:
        return ""
    name = entry.pw_gecos.partition(",")[0].replace("&", entry.pw_name.capitalize()).strip()
    return "" if entry.pw_uid < _FIRST_PERSON and sys.platform.startswith("linux") else name


def missing_packages() -> list[str]:
    """Return the Debian packages of the system libraries that Qt needs here and that cannot be loaded."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = dict(_ALWAYS)
    if os.environ.get("QT_QPA_PLATFORM", "") in {"", "xcb", "wayland"}:
        wanted |= _X11 if os.environ.get("DISPLAY") else {}
        wanted |= _WAYLAND if os.environ.get("WAYLAND_DISPLAY") else {}
    return [package for library, package in wanted.items() if not _loads(library)]


def ensure_system_libraries() -> None:
    """Install the system libraries that Qt lacks, when that is allowed.

    Raises:
        SetUpError: some are missing and may not be installed from here; the message has the line to type.
    """
    packages = missing_packages()
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise SetUpError(f"System libraries are missing (Debian calls them {' '.join(packages)}). Install them first.")
    if _prefix() is not None:
        say(f"{SETTING_UP}installing the system libraries {' '.join(packages)}")
        if _apt_install(packages) or (_apt("update") and _apt_install(packages)):
            return
    raise SetUpError(f"System libraries are missing. Type this, then start again:\n{install_line(packages)}")


def missing_test_tools() -> list[str]:
    """Return the Debian packages of what the tests need beside Qt: a display, message buses, a desktop's tools."""
    if not sys.platform.startswith("linux"):
        return []
    tools = [package for tool, package in _TEST_TOOLS.items() if shutil.which(tool) is None]
    return tools + [package for library, package in _X11.items() if not _loads(library)]


def ensure_test_tools() -> None:
    """Install what the tests need beside Qt when that is allowed; else the tests that need it say so themselves."""
    packages = missing_test_tools()
    if packages and shutil.which("apt-get") and _prefix() is not None:
        say(f"{SETTING_UP}installing for the tests {' '.join(packages)}")
        if not _apt_install(packages) and _apt("update"):
            _apt_install(packages)


def missing_packing_tools() -> list[str]:
    """Return the Debian packages of what builds a bundle here and of the libraries that go into it."""
    if not sys.platform.startswith("linux"):
        return []
    libraries = _ALWAYS | _X11 | _PACKED
    tools = [package for tool, package in _PACKING_TOOLS.items() if shutil.which(tool) is None]
    if sys.base_prefix == "/usr":  # Debian's interpreter has its library in a package of its own
        python = "libpython{}.{}".format(*sys.version_info[:2])
        libraries[f"{python}.so.1.0"] = python
    return tools + [package for library, package in libraries.items() if not _loads(library)]


def ensure_packing_tools() -> None:
    """Install what building a bundle needs, when that is allowed.

    Raises:
        SetUpError: something is missing and may not be installed from here; the message has the line to type.
    """
    packages = missing_packing_tools()
    if not packages:
        return
    if shutil.which("apt-get") and _prefix() is not None:
        say(f"{SETTING_UP}installing for the bundle {' '.join(packages)}")
        if _apt_install(packages) or (_apt("update") and _apt_install(packages)):
            return
    raise SetUpError(f"Building needs more than is here. Type this, then start again:\n{install_line(packages)}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt_install(packages: list[str]) -> bool:
    return _apt("install", "-y", "--no-install-recommends", *packages)


def _apt(*words: str) -> bool:
    command = [*(_prefix() or ()), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *words]
    return subprocess.call(command, stdout=subprocess.DEVNULL) == 0


def _prefix() -> list[str] | None:
    """Return what goes before a command that needs root: nothing, ``sudo`` on a build machine, None if it may not.

    A bundled program never installs anything: whoever installed it may.
    """
    if getattr(sys, "frozen", False):
        return None
    if os.geteuid() == 0:
        return []
    return (
        ["sudo", "-n"]
        if os.environ.get("CI") and shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"]) == 0
        else None
    )


def install_line(packages: list[str]) -> str:
    """Return the line that installs packages, with an update first on a system that never had one."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    line = f"{sudo}apt-get install -y {' '.join(packages)}"
    return line if any(Path("/var/lib/apt/lists").glob("*_Packages*")) else f"{sudo}apt-get update && {line}"


def say(message: str) -> None:
    """Tell the person something on standard error."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()
