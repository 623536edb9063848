#!/usr/bin/env bash
# Called by `./hybrid bench`.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
log=$(dotnet build "$root/tests/Benchmarks" -c Release -v quiet -nologo 2>&1) || {
  echo "$log" >&2
  exit 1
}
exec dotnet "$root/tests/Benchmarks/bin/Release/net10.0/Benchmarks.dll" "$@"
