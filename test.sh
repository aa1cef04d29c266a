#!/usr/bin/env bash
# Builds everything, the native binaries too, and runs all tests. Needs the .NET SDK, git and apt; installs the rest.
#   ./test.sh           all tests
#   ./test.sh quick     without the native binaries
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1

if [ "${1:-}" != quick ]; then
  ./build.sh all || { echo "0 passed, 1 failed"; exit 1; }
fi
dotnet build signalbox.slnx -v quiet || { echo "0 passed, 1 failed"; exit 1; }

# Installs Debian packages where a check does not find what they bring; what cannot be had is skipped with a line that says so.
need() { # check, packages
  eval "$1" >/dev/null 2>&1 && return
  local sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq >/dev/null 2>&1
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2 >/dev/null 2>&1
}
# The stores are tested against a PostgreSQL of our own and a stand-in of DynamoDB from npm; other people's programs judge the payloads.
need 'ls /usr/lib/postgresql/*/bin/initdb' postgresql
need 'command -v npm' 'nodejs npm'
# Pages are looked at in a real browser.
need 'command -v chromium' chromium
# Programs of the Prometheus project are clients of the server. Nothing of theirs has to run as a service.
need 'command -v amtool' prometheus-alertmanager
need 'command -v prometheus' prometheus
# AWS's own tool says whether the stand-in for AWS is right, and brings AWS's descriptions of its services.
need 'command -v aws' awscli
packages() { # folder
  (cd "$1" && { cmp -s package-lock.json node_modules/.checked || { npm ci --no-audit --no-fund --loglevel=error >&2 && cp package-lock.json node_modules/.checked; }; })
}
if command -v npm >/dev/null 2>&1; then packages tests/dynamodb; packages tests/local-slack; packages tests/aws-sdk; fi

passed=0 failed=0 skipped=0 log=$(mktemp)
echo "== layout"
if dotnet format whitespace signalbox.slnx --no-restore --verify-no-changes; then
  passed=1
  echo "1 passed, 0 failed, 0 skipped in layout"
else
  failed=1
  echo "0 passed, 1 failed, 0 skipped in layout: dotnet format whitespace signalbox.slnx mends it"
fi
for project in tests/*.Tests; do
  name=$(basename "$project")
  echo "== $name"
  "artifacts/dotnet/bin/$name/debug/$name" --no-progress --no-ansi >"$log" 2>&1
  code=$?
  count() { sed -n "s/^ *$1: \([0-9]*\)$/\1/p" "$log" | tail -n 1; }
  ok=$(count succeeded) bad=$(count failed) left=$(count skipped)
  if [ -z "$ok" ]; then bad=1; fi
  # A runner that ends badly without naming a failed test has failed all the same.
  if [ "$code" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then bad=1; fi
  if [ "${bad:-0}" -ne 0 ]; then grep -v '^Ok, passed' "$log"; fi
  if [ "${left:-0}" -ne 0 ]; then grep -A 1 '^skipped ' "$log" | grep -v -e '^skipped ' -e '^--' | sort | uniq -c; fi
  echo "${ok:-0} passed, ${bad:-0} failed, ${left:-0} skipped in $name"
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${left:-0}))
done
rm -f "$log"

# What other people's programs say of the payloads: Slack's types by the TypeScript compiler, parser and schema of Adaptive Cards.
echo "== payloads"
if ! command -v npm >/dev/null 2>&1; then
  echo "0 passed, 0 failed, 1 skipped in payloads: npm is not there and cannot be installed"
  skipped=$((skipped + 1))
else
  said=$(packages tests/payloads && cd tests/payloads && node check.mjs 2>&1)
  echo "$said"
  ok=$(sed -n 's/^\([0-9]*\) passed, .* in payloads$/\1/p' <<<"$said") bad=$(sed -n 's/^.* \([0-9]*\) failed, .* in payloads$/\1/p' <<<"$said")
  # Without its last line it did not get to its end.
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-1}))
fi

# What other people's programs say of the templates: the resource types that AWS publishes, Terraform's own reader and formatter.
echo "== templates"
if ! command -v npm >/dev/null 2>&1; then
  echo "0 passed, 0 failed, 1 skipped in templates: npm is not there and cannot be installed"
  skipped=$((skipped + 1))
else
  said=$(packages tests/templates && cd tests/templates && node check.mjs 2>&1)
  echo "$said"
  ok=$(sed -n 's/^\([0-9]*\) passed, .* in templates$/\1/p' <<<"$said") bad=$(sed -n 's/^.* \([0-9]*\) failed, .* in templates$/\1/p' <<<"$said")
  # Without its last line it did not get to its end.
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-1}))
fi

[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
