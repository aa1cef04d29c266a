#!/usr/bin/env bash
# Fresh process to first post, over TLS and over plain HTTP, beside a bare Node and a bare Python script and a C floor.
#   bench/cold/run.sh [RUNS]      51 runs of each when not said otherwise; programs that are not installed are left out
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-51}
[ -x artifacts/lambda/bootstrap ] || ./build.sh lambda
dotnet build bench/cold -c Release -v quiet --nologo >&2
contenders=("Signalbox=$PWD/artifacts/lambda/bootstrap")
if cc -O2 -D_GNU_SOURCE -o artifacts/floor bench/cold/floor.c -lssl -lcrypto 2>/dev/null; then contenders+=("C floor=$PWD/artifacts/floor"); fi
if command -v node >/dev/null; then contenders+=("bare Node=node bench/cold/bare.js"); fi
if command -v python3 >/dev/null; then contenders+=("bare Python=python3 bench/cold/bare.py"); fi
echo "$(date -I), $(nproc) cores, loopback: bench/cold/run.sh $runs"
for wire in tls plain; do
  echo
  artifacts/dotnet/bin/Cold/release/Cold "$runs" "$wire" "${contenders[@]}"
done
