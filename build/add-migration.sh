#!/usr/bin/env bash
# Generates one migration for both providers: build/add-migration.sh NameOfTheChange
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?name of the migration}
dotnet tool restore >/dev/null
for provider in Sqlite SqlServer; do
  project=src/OpsDashboard.Persistence.$provider
  dotnet ef migrations add "$name" --project "$project" --startup-project "$project" --output-dir Migrations
done
