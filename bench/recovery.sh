#!/usr/bin/env bash
# Measures how soon a federation goes on after each kind of harm, by the test of the real cluster: bench/recovery.sh
# It takes some four minutes and starts its own brokers and validators; the table for docs/performance.md comes out at the end.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../tests/Commonwatt.EndToEnd.Tests"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

table="$(mktemp)"
trap 'rm -f "$table"' EXIT
dotnet build -c Release -v quiet --nologo -clp:"ErrorsOnly;NoSummary" >&2
COMMONWATT_RECOVERY="$table" dotnet run -c Release --no-build -- -diagnostics -noColor >&2
cat "$table"
