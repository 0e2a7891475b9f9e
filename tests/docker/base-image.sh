#!/usr/bin/env bash
# Makes the image that docker/Dockerfile builds in, where none can be pulled:
#   base-image.sh TAG
# Debian by debootstrap, with the Rust toolchain and the CA roots of this machine.
set -euo pipefail

tag="$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

root="$work/root"
if ! command -v debootstrap >/dev/null; then
    apt-get update -qq && apt-get install -y -qq debootstrap >/dev/null
fi
debootstrap --variant=minbase --include=gcc,libc6-dev,ca-certificates \
    bookworm "$root" > "$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 1; }
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*
toolchain="$(readlink -f "$(rustc --print sysroot)")"
mkdir -p "$root/usr/local/rust"
# Without what only people read.
tar -C "$toolchain" --exclude=share/doc/rust/html --exclude=share/man \
    --exclude=lib/rustlib/src -cf - bin lib share | tar -C "$root/usr/local/rust" -xf -
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
tar -C "$root" -cf - . | docker import \
    --change 'ENV PATH=/usr/local/rust/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'ENV CARGO_HOME=/usr/local/cargo' \
    --change 'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt' - "$tag" >/dev/null
