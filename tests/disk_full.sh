#!/bin/sh
# Full disks: on a small ext4 file system of its own, writes through the real store until the floor
# stops it; then, without a floor, until the disk is full to the last byte, and checks that the store
# opens there and every acknowledged turn is in it.
#
#   sudo tests/disk_full.sh [ROUNDS]    # 5 unless told; needs root, a loop device, mkfs.ext4
set -eu
rounds=${1:-5}
here=$(cd "$(dirname "$0")/.." && pwd)
writer=${STORE_WRITER:-$here/target/release/examples/store_writer}
[ "$(id -u)" = 0 ] || { echo "disk_full.sh: needs root for loop devices" >&2; exit 2; }
for tool in mkfs.ext4 mount umount dd; do
    command -v "$tool" >/dev/null || { echo "disk_full.sh: $tool is missing (Debian: e2fsprogs, mount, coreutils)" >&2; exit 2; }
done
[ -x "$writer" ] || cargo build --quiet --release --example store_writer --manifest-path "$here/Cargo.toml"

work=$(mktemp -d)
disk=$work/disk
cleanup() {
    umount "$disk" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
mkdir "$disk"

fill() {
    dd if=/dev/zero of="$disk/filler" bs=64k 2>/dev/null || true
    dd if=/dev/zero of="$disk/filler-rest" bs=512 2>/dev/null || true
    sync "$disk"
}

verify() {
    if ! result=$("$writer" verify "$disk/data" "$work/keys" < "$work/ledger" 2>&1); then
        echo "$1: $result" >&2
        exit 1
    fi
    echo "$1: $result"
}

round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    rm -rf "$work/image" "$work/keys" "$work/ledger"
    truncate -s 96M "$work/image"
    mkfs.ext4 -q -F -m 0 "$work/image"
    mount -o loop "$work/image" "$disk"

    # The floor: the writer is refused, and says what to do.
    "$writer" write "$disk/data" "$work/keys" --floor $((40 << 20)) --ballast $((16 << 20)) \
        > "$work/ledger" 2> "$work/errors" || true
    grep -q "make room" "$work/errors" || { echo "round $round: the floor did not stop it:" >&2; cat "$work/errors" >&2; exit 1; }
    verify "round $round, at the floor"

    # No floor, and something else fills the disk while turns are written.
    "$writer" write "$disk/data" "$work/keys" --ballast $((16 << 20)) >> "$work/ledger" 2> "$work/errors" &
    pid=$!
    sleep 0.3
    fill
    wait "$pid" || true
    fill
    echo "round $round: $(df --output=avail -B1 "$disk" | tail -1) bytes free; the writer said: $(head -1 "$work/errors")"
    verify "round $round, full to the last byte"
    if [ -e "$disk/data/ballast" ]; then
        echo "round $round: it opened without throwing the ballast out"
    else
        echo "round $round: it threw the ballast out to open"
    fi
    # With room again it goes on, and lays the ballast in anew.
    rm -f "$disk/filler" "$disk/filler-rest"
    timeout 1 "$writer" write "$disk/data" "$work/keys" --ballast $((16 << 20)) >> "$work/ledger" 2> "$work/errors" || true
    [ -e "$disk/data/ballast" ] || { echo "round $round: no ballast was laid in again" >&2; exit 1; }
    verify "round $round, with room again"
    umount "$disk"
done
echo "$rounds full disks: every acknowledged turn is there, every store opened"
