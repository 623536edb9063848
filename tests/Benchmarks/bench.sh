#!/usr/bin/env bash
# Called by `./hybrid bench`.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dotnet build "$root/tests/Benchmarks" -c Release -v quiet -nologo
exec dotnet "$root/tests/Benchmarks/bin/Release/net10.0/Benchmarks.dll" "$@"
