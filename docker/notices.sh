#!/bin/sh
# What is in the program: a CycloneDX list of its crates as DIR/sbom.cdx.json, and the
# texts of their licences in DIR/licenses, each text once.
# Needs cargo, awk and the crates' sources where cargo has put them; writes only to DIR.
set -eu

out="$1"
target="$(uname -m)-unknown-linux-gnu"
sources="${CARGO_HOME:-$HOME/.cargo}/registry/src"
mkdir -p "$out/licenses"

# name|version|licence|repository, one crate a line, ours first.
crates() {
    cargo tree --locked --offline --package verbatim --features otlp --target "$target" \
        --edges normal --prefix none --format '{p}|{l}|{r}' |
        sed -E 's/ \(\*\)$//; s/^([^ ]+) v([^ |]+)[^|]*\|/\1|\2|/' |
        awk '!seen[$0]++'
}

crates | awk -F'|' '
    # Cargo.lock first: the checksum of each crate.
    NR == FNR {
        gsub(/"/, "")
        if (sub(/^name = /, "")) name = $0
        else if (sub(/^version = /, "")) version = $0
        else if (sub(/^checksum = /, "")) sum[name "@" version] = $0
        next
    }
    {
        # As licences were written before SPDX had operators.
        gsub("/", " OR ", $3)
        licence = $3 == "" ? "" : ", \"licenses\": [{\"expression\": \"" $3 "\"}]"
        at = $1 "@" $2
        ref = "\"name\": \"" $1 "\", \"version\": \"" $2 "\", \"purl\": \"pkg:cargo/" at \
            "\", \"bom-ref\": \"pkg:cargo/" at "\"" licence
        if (!begun++) {
            print "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"version\": 1,"
            print " \"metadata\": {\"component\": {\"type\": \"application\", " ref "}},"
            print " \"components\": ["
            next
        }
        hash = sum[at] == "" ? "" : \
            ", \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"" sum[at] "\"}]"
        url = $4 == "" ? "" : \
            ", \"externalReferences\": [{\"type\": \"vcs\", \"url\": \"" $4 "\"}]"
        printf "%s  {\"type\": \"library\", %s%s%s}", (begun > 2 ? ",\n" : ""), ref, hash, url
        begun++
    }
    END { print "\n ]}" }
' Cargo.lock - > "$out/sbom.cdx.json"

# Most crates carry the same few texts.
crates | while IFS='|' read -r name version licence _; do
    found=
    for file in "$sources"/*/"$name-$version"/LICEN[SC]E* \
        "$sources"/*/"$name-$version"/COPYING* "$sources"/*/"$name-$version"/NOTICE*; do
        [ -f "$file" ] || continue
        sum="$(sha256sum < "$file" | cut -c1-16)"
        [ -f "$out/licenses/$sum.txt" ] || cp "$file" "$out/licenses/$sum.txt"
        echo "$name $version ($licence): $sum.txt"
        found=yes
    done
    # Ours comes first, and its texts lie beside the others by their own names.
    [ -n "$found" ] || echo "$name $version ($licence): no text of its own"
done > "$out/licenses/INDEX"
cp LICENSE-MIT LICENSE-APACHE "$out/licenses/"
# What the models were learned from.
for card in models/*/MODEL_CARD.md; do
    cp "$card" "$out/licenses/model-$(basename "$(dirname "$card")").md"
done
# The C library and Rust's own are in the program too.
[ ! -f /usr/share/doc/libc6/copyright ] || cp /usr/share/doc/libc6/copyright "$out/licenses/glibc"
for file in "$(rustc --print sysroot)"/share/doc/rust/COPYRIGHT-library*; do
    [ ! -f "$file" ] || cp "$file" "$out/licenses/rust-$(basename "$file")"
done
