#!/usr/bin/env bash
# Draws the pictures of this folder from real renderings: one for each source, and one for the README.
#   docs/gallery/make.sh [NAME…]     only these sources
set -euo pipefail
cd "$(dirname "$0")/../.."
for need in chromium:chromium node:nodejs convert:imagemagick; do
  command -v "${need%%:*}" >/dev/null || { apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need#*:}" fonts-noto-color-emoji fonts-dejavu >/dev/null; }
done
# Built anew, so that no row is missing in it; the native tool takes minutes and says the same.
dotnet build src/Signalbox.Cli -f net10.0 -v quiet >&2
tool=artifacts/dotnet/bin/Signalbox.Cli/debug_net10.0/Signalbox.Cli
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

draw() { # name of the picture, events
  local name=$1; shift
  "$tool" render "$@" --config "$work/settings.yaml" --chat slack | node docs/gallery/page.mjs > "$work/$name.html"
  chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
    --disable-sync --user-data-dir="$work/profile" --hide-scrollbars --force-device-scale-factor=1.5 --window-size=676,1600 \
    --screenshot="$work/$name.png" "file://$work/$name.html" >/dev/null 2>&1
  convert "$work/$name.png" -trim +repage -bordercolor white -border 12 -colors 64 -strip "docs/gallery/$name.png"
}

printf 'rooms: { ops: { slack: { webhook: env:HOOK } } }\naccounts: { "123456789012": payments-prod }\n' > "$work/settings.yaml"
if [ $# -gt 0 ]; then
  for name in "$@"; do draw "$name" samples/sources/"$name".*; done
  exit
fi
for sample in samples/sources/*; do
  name=$(basename "$sample")
  draw "${name%.*}" "$sample"
done
printf 'rooms: { ops: { slack: { webhook: env:HOOK }, mention: "<!here>" } }\naccounts: { "123456789012": payments-prod }\n' > "$work/settings.yaml"
draw readme samples/events/alarm-5xx.json samples/events/cloudformation-resource-failed.json samples/events/rds-failed-over.json
