#!/usr/bin/env bash
# The mutation score of the core. Stryker only makes the mutants; the tests are called directly, in one process, which takes milliseconds for a mutant.
#   bench/mutants/run.sh            everything
#   bench/mutants/run.sh WORD…      only files whose path contains one of the words
#   KEEP=1 bench/mutants/run.sh …   with the mutants of the last run, after a change to tests alone
#   KEEP=1 AGAIN=1 …                only what lived in the last run, after a change that only adds to tests
#   KEEP=1 STILL=1 …                goes on where a run was broken off
# WORKERS (2) judge at the same time; SEARCHES (3) is how often chance tries to break a law, with the same SEED each time. Of the mutants in static
# initialisers, which take a process each, every eighth is judged: STATICS=1 judges all.
# Leaves summary.md, and mutants.jsonl with a verdict on each line, in artifacts/mutants.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1
export SEARCHES=${SEARCHES:-3} SEED=${SEED:-7}
unset ACCEPT
folder=$PWD/artifacts/mutants
mkdir -p "$folder"

for project in tests/Signalbox.{,Settings.,Cli.,Effects.,Engine.}Tests bench/mutants; do dotnet build "$project" -v quiet; done
if [ -z "${KEEP:-}" ]; then
  dotnet tool restore >/dev/null
  rm -rf "$folder"; mkdir -p "$folder"
  (cd bench/mutants && MUTANTS=$folder dotnet stryker --output "$folder/stryker")
  cp "$folder/stryker/reports/mutation-report.json" "$folder/report.json"
fi
mutants=artifacts/dotnet/bin/Mutants/debug/Mutants
"$mutants" survey "$folder"
"$mutants" judge "$folder" "$@"
