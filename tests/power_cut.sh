#!/bin/sh
# Power cuts: writes through the real store on an ext4 file system of its own, shuts that down without
# flushing its journal (the ioctl EXT4_IOC_SHUTDOWN, flag 2), mounts it again, and checks that every
# turn acknowledged so far is there. Keys are on the same file system.
#
#   sudo tests/power_cut.sh [CUTS]      # 30 unless told; needs root, a loop device, mkfs.ext4, perl
set -eu
cuts=${1:-30}
here=$(cd "$(dirname "$0")/.." && pwd)
writer=${STORE_WRITER:-$here/target/release/examples/store_writer}
[ "$(id -u)" = 0 ] || { echo "power_cut.sh: needs root for loop devices and the shutdown ioctl" >&2; exit 2; }
for tool in mkfs.ext4 perl mount umount; do
    command -v "$tool" >/dev/null || { echo "power_cut.sh: $tool is missing (Debian: e2fsprogs, perl-base, mount)" >&2; exit 2; }
done
[ -x "$writer" ] || cargo build --quiet --release --example store_writer --manifest-path "$here/Cargo.toml"

work=$(mktemp -d)
mount_point=$work/disk
ledger=$work/ledger
pid=
cleanup() {
    if [ -n "$pid" ]; then
        kill -9 "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    fi
    umount "$mount_point" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
mkdir "$mount_point"
truncate -s 4G "$work/image"
mkfs.ext4 -q -F "$work/image"
: > "$ledger"

cut=0
while [ "$cut" -lt "$cuts" ]; do
    cut=$((cut + 1))
    mount -o loop "$work/image" "$mount_point"
    "$writer" write "$mount_point/data" "$mount_point/keys" >> "$ledger" 2>> "$work/errors" &
    pid=$!
    # Between 0.1 and 1.6 seconds: some cuts come while the store is being opened.
    perl -e 'select undef, undef, undef, 0.1 + rand 1.5'
    perl -e 'open my $disk, "<", $ARGV[0] or die "$!"; my $flag = pack "L", 2;
        ioctl $disk, 0x8004587d, $flag or die "shutdown: $!"' "$mount_point"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    pid=
    umount "$mount_point"
    mount -o loop "$work/image" "$mount_point"
    # A cut before the first turn leaves nothing to check.
    if [ -s "$ledger" ]; then
        if ! result=$("$writer" verify "$mount_point/data" "$mount_point/keys" < "$ledger" 2>&1); then
            echo "cut $cut: $result" >&2
            exit 1
        fi
        echo "cut $cut: $result"
    fi
    umount "$mount_point"
done
echo "$cuts power cuts: every acknowledged turn is there, every store opened"
