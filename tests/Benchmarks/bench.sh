#!/usr/bin/env bash
# Called by `./hybrid bench`.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build() {
  local project log
  for project in "$@"; do
    log=$(dotnet build "$root/$project" -c Release -v quiet -nologo 2>&1) || {
      echo "$log" >&2
      exit 1
    }
  done
}
if [ "${1-}" = micro ]; then
  build tests/MicroBenchmarks
  exec dotnet "$root/tests/MicroBenchmarks/bin/Release/net10.0/MicroBenchmarks.dll" "${@:2}"
fi
build tests/Benchmarks gateway/Gateway
exec dotnet "$root/tests/Benchmarks/bin/Release/net10.0/Benchmarks.dll" "$@"
