#!/usr/bin/env bash
# Every test: `./hybrid test [FILTER]`. FILTER is a `dotnet test --filter` expression.
# The fault suite alone, at length: `./hybrid test faults [SEEDS]`, 100 seeds unless said otherwise.
# A control plane's replica killed in the middle of its writes, at length: `./hybrid test replicas [KILLS]`, 100 kills unless said otherwise.
# Restarts of data planes in turn beneath load, at length: `./hybrid test rolling`.
# The last line is `N passed, N failed`, with the skipped ones where there are any.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
configuration=Release
results="$root/artifacts/test-results"

filter=${1:-}
if [ "$filter" = faults ]; then
  FAULT_SEEDS=${2:-100}
  [[ $FAULT_SEEDS =~ ^[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?$ ]] || {
    echo "hybrid: test faults: '$FAULT_SEEDS' is not a number of seeds (allowed: 1 to 99999, or a range such as 7-7)" >&2
    exit 1
  }
  export FAULT_SEEDS
  filter='FullyQualifiedName~EndToEnd.Tests.Faults'
elif [ "$filter" = rolling ]; then
  export ROLLING_CHANGES=10000 ROLLING_ROUNDS=20
  filter='FullyQualifiedName~EndToEnd.Tests.Rolling'
elif [ "$filter" = replicas ]; then
  REPLICA_KILLS=${2:-100}
  [[ $REPLICA_KILLS =~ ^[1-9][0-9]{0,4}$ ]] || {
    echo "hybrid: test replicas: '$REPLICA_KILLS' is not a number of kills (allowed: 1 to 99999)" >&2
    exit 1
  }
  export REPLICA_KILLS
  filter='FullyQualifiedName~EndToEnd.Tests.Replicas.KilledReplicaTests'
fi

mkdir -p artifacts
touch artifacts/hybrid-build.started
dotnet build Infra.sln -c "$configuration" -v quiet -nologo
# The end-to-end tests call ./hybrid, which finds everything built.
mv artifacts/hybrid-build.started artifacts/hybrid-build

rm -rf "$results"
status=0
# One project after another: the end-to-end tests start whole topologies.
dotnet test Infra.sln -c "$configuration" --no-build -nologo -m:1 \
  --logger trx --results-directory "$results" --blame-hang-timeout 10m --blame-hang-dump-type none \
  ${filter:+--filter "$filter"} || status=$?

passed=0 failed=0 skipped=0
for file in "$results"/*.trx; do
  [ -f "$file" ] || continue
  counters=$(grep -o '<Counters [^>]*>' "$file")
  count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
  skipped=$((skipped + $(count total) - $(count executed)))
done

# A run that ended badly without a failed test (a crash, a hang) is still a failure.
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$((passed + failed))" -eq 0 ] && [ -z "$filter" ]; then failed=1; fi
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
