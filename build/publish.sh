#!/usr/bin/env bash
# Publishes the program as it is shipped, compiled ahead of time: build/publish.sh OUTPUT
set -euo pipefail
cd "$(dirname "$0")/.."
output=${1:?usage: build/publish.sh OUTPUT}

# Forced: a restore for building has fetched neither the compiler nor the runtime that ahead-of-time compilation refers to, and
# NuGet takes the project for restored already.
dotnet restore src/OpsDashboard.Web -r linux-x64 --locked-mode --force
dotnet publish src/OpsDashboard.Web -c Release -r linux-x64 --self-contained false --no-restore -o "$output"
