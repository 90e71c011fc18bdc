#!/usr/bin/env bash
# Makes the pictures of output/gallery/ anew, from the scenarios' own draws and seeds: the same bytes each time. Takes some minutes.
#
#     bash output/gallery.sh
#
# DRAWS=512 ROWS=64 in front of it makes a quick draft; TRADEWIND=tradewind uses the program that is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

# What is shown: folder of results and name of the chart.
shown="
north-america-2025                      map
north-america-2025                      tariffs
north-america-2025                      diversion
north-america-2025                      maritime-shift
north-america-2025                      ports
north-america-2025                      attribution
north-america-2025                      trade-at-risk-can-usa
north-america-2025                      outcome-11-canadian-steel-to-the-us-distribution
north-america-2025                      outcome-25-canada-mexico-trade-growth-tornado
north-america-2025                      outcome-25-canada-mexico-trade-growth-indices
north-america-2025                      outcome-26-canada-mexico-trade-by-sea-fan
no-new-tariffs-vs-north-america-2025    outcome-24-canada-mexico-trade-side-by-side
usmca-review-2026                       outcome-25-canada-mexico-trade-growth-branches
usmca-review-2026                       outcome-25-canada-mexico-trade-growth-exceedance
steel-grid                              sweep-01-canadian-steel-to-the-us
"

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
draws=${DRAWS:+--draws $DRAWS} rows=${ROWS:+--rows $ROWS}
tradewind() {
    # Words of their own, all of them: a command with its arguments, options with theirs.
    # shellcheck disable=SC2086
    ${TRADEWIND:-cargo run --release --quiet --} "$@" --quiet --out "$made" $draws
}
# shellcheck disable=SC2086
tradewind sensitivity scenarios/north-america-2025.toml $rows
tradewind compare scenarios/no-new-tariffs.toml scenarios/north-america-2025.toml
tradewind run scenarios/usmca-review-2026.toml scenarios/steel-grid.toml

mkdir "$made/gallery"
while read -r folder chart; do
    if [ -n "$folder" ]; then
        cp "$made/$folder/plots/$chart.png" "$made/gallery/"
    fi
done <<<"$shown"
rm -f output/gallery/*.png
cp "$made"/gallery/*.png output/gallery/
