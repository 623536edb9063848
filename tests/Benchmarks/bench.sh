#!/usr/bin/env bash
# Called by `./hybrid bench`.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for project in tests/Benchmarks gateway/Gateway; do
  log=$(dotnet build "$root/$project" -c Release -v quiet -nologo 2>&1) || {
    echo "$log" >&2
    exit 1
  }
done
exec dotnet "$root/tests/Benchmarks/bin/Release/net10.0/Benchmarks.dll" "$@"
