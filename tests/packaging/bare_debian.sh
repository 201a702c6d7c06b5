#!/usr/bin/env bash
# Installs the Debian package on a system that has nothing, not even Python; works with it on a screen, by keys, as
# somebody who double-clicked a project would; exports; removes it, and looks whether something stayed.
#
#   tests/packaging/bare_debian.sh dist/annotator_*.deb [PICTURES]
#
# Needs root, and debootstrap, xvfb and xdotool, which it installs where they are missing. PICTURES: a folder for
# screenshots, where ImageMagick is there. DEBIAN_MIRROR names another mirror than debootstrap's own.
set -euo pipefail

package=$(realpath "$1")
pictures=${2:-}
root=$(mktemp -d /var/tmp/bare-debian-XXXXXX)
display=:$((RANDOM % 400 + 200))
screen=
sample=".local/share/annotator/Harbour toll sample.annotator"

step() { printf '\n== %s (%d s)\n' "$*" "$SECONDS"; }
fail() { printf '^^ failed: %s\n' "$*" >&2; exit 1; }

leave() {
    status=$?
    for process in $(lsof_in_root); do kill "$process" 2>/dev/null || true; done
    [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
    umount -l "$root/tmp/.X11-unix" "$root/dev" "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$root"
    exit "$status"
}
lsof_in_root() {  # the processes that still run in the bare system
    for place in /proc/[0-9]*; do
        if [ "$(readlink "$place/root" 2>/dev/null)" = "$root" ]; then basename "$place"; fi
    done
}
trap leave EXIT

as_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_user() {
    chroot --userspec=1000:1000 "$root" /usr/bin/env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 HOME=/home/ann USER=ann \
        XDG_RUNTIME_DIR=/run/ann "$@"
}
on_screen() { as_user DISPLAY="$display" QT_QPA_PLATFORM=xcb "$@"; }
keys() { DISPLAY=$display xdotool key --clearmodifiers --delay 60 "$@"; sleep 0.4; }
look() {
    if [ -n "$pictures" ] && command -v import >/dev/null; then
        mkdir -p "$pictures"
        import -display "$display" -window root "$pictures/$1.png"
    fi
}
await() {  # SECONDS COMMAND…: until the command succeeds
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || { look failed; fail "waited for: $*"; }
        sleep 0.2
    done
}
window() {  # the window whose title holds $1, given the keyboard
    await 30 env DISPLAY="$display" xdotool search --onlyvisible --name "$1"
    DISPLAY=$display xdotool search --onlyvisible --name "$1" windowfocus --sync
    sleep 1
}
none_runs() { [ -z "$(lsof_in_root)" ]; }
passages() { as_user annotator list "/home/ann/$sample" annotations --json | grep -c '"text_id"'; }

[ "$(id -u)" -eq 0 ] || fail "only root can make a system in a folder"
missing=()
for tool in debootstrap:debootstrap Xvfb:xvfb xdotool:xdotool; do
    command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
done
if [ "${#missing[@]}" -gt 0 ]; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

step "a bare Debian 12"
debootstrap --variant=minbase bookworm "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >/dev/null
chmod 755 "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
cp /etc/resolv.conf "$root/etc/resolv.conf"
apt-config dump | grep -iE '^Acquire::https?::proxy' >"$root/etc/apt/apt.conf.d/90proxy" || true
as_root useradd --create-home --uid 1000 ann
mkdir -p "$root/run/ann" && chown 1000:1000 "$root/run/ann" && chmod 700 "$root/run/ann"
[ ! -e "$root/usr/bin/python3" ] || fail "the bare system has Python"

step "install"
cp "$package" "$root/annotator.deb"
as_root apt-get update -qq
as_root apt-get install -y -qq --no-install-recommends /annotator.deb >/dev/null
[ ! -e "$root/usr/bin/python3" ] || fail "the package brought the system's Python"
as_root dpkg -L annotator >"$root/listed"
as_user annotator --version
mkdir -p "$root/tmp/work" && chown 1000:1000 "$root/tmp/work"
printf '<html><body><article><h1>The tolls</h1><p>%s</p></article></body></html>' \
    "$(printf 'Nobody doubled the tolls, said Ivo Brandt on Monday. %.0s' 1 2 3 4)" >"$root/tmp/work/tolls.html"
printf 'The ledger\n\nThe ledger shows 4,200 crowns, said Dora Quill.\n' >"$root/tmp/work/ledger.txt"
as_user annotator new /tmp/work/tolls.annotator --analyst "Ann Bell"
as_user annotator import /tmp/work/tolls.annotator /tmp/work/tolls.html /tmp/work/ledger.txt
as_user annotator list /tmp/work/tolls.annotator

step "the sample, from the menu"
mkdir -p /tmp/.X11-unix "$root/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
Xvfb "$display" -screen 0 1440x900x24 -noreset -nolisten tcp >/dev/null 2>&1 &
screen=$!
await 10 test -S "/tmp/.X11-unix/X${display#:}"
as_root apt-get install -y -qq --no-install-recommends libglib2.0-bin desktop-file-utils >/dev/null  # what desktops have
command=$(as_root sed -n 's/^Exec=\(.*\) %F$/\1/p' /usr/share/applications/annotator.desktop)
on_screen $command >/dev/null 2>&1 &
window Annotator
look 1-start
keys ctrl+k
DISPLAY=$display xdotool type --delay 30 "open the sample"
sleep 1
keys Return
window "Harbour toll"
sleep 1
look 2-sample
keys ctrl+q
await 20 none_runs

step "a project, by a double click"
kind=$(as_user gio info -a standard::content-type "/home/ann/$sample" | sed -n 's/.*content-type: //p')
[ "$kind" = application/vnd.annotator+sqlite3 ] || fail "the project is taken for $kind"
cp "$root/home/ann/$sample" "$root/tmp/work/without a name"
chown 1000:1000 "$root/tmp/work/without a name"
kind=$(as_user gio info -a standard::content-type "/tmp/work/without a name" | sed -n 's/.*content-type: //p')
[ "$kind" = application/vnd.annotator+sqlite3 ] || fail "a project without its ending is taken for $kind"
before=$(passages)
on_screen gio open "/home/ann/$sample" >/dev/null 2>&1 &
window "Harbour toll"
keys ctrl+Home Down Down Down Down
keys e
keys Escape
look 3-tagged
keys ctrl+q
await 20 none_runs
after=$(passages)
[ "$after" -eq $((before + 1)) ] || fail "$before passages before the key, $after after it"
echo "$before passages before, $after after"

step "export and verify"
as_user annotator export "/home/ann/$sample" -o /tmp/work/story.json
as_user annotator verify /tmp/work/story.json

step "remove"
as_root apt-get purge -y -qq annotator >/dev/null
while read -r place; do
    if [ -e "$root$place" ] && [ ! -d "$root$place" ]; then fail "$place was left"; fi
done <"$root/listed"
left=$(find "$root" -xdev -iname '*annotator*' -not -path "$root/home/*" -not -path "$root/run/ann/*" -not -path "$root/tmp/*" \
    -not -path "$root/annotator.deb" -not -path "$root/proc/*")
[ -z "$left" ] || fail "left: $left"
if grep -rqi annotator "$root/usr/share/mime" "$root/usr/share/applications" 2>/dev/null; then
    fail "the desktop still knows of it"
fi
step "nothing is left; done"
