#!/usr/bin/env bash
# Builds everything once, runs every test project and closes with "N passed, N failed" (", N skipped" may follow).
# Options: --no-build runs what is built; --only NAME runs one project, for example --only Domain.
set -uo pipefail
cd "$(dirname "$0")/.."

configuration=Release
build=true
only=
while (($#)); do
  case $1 in
    --no-build) build=false ;;
    --only) only=$2; shift ;;
    *) echo "usage: bash tests/run.sh [--no-build] [--only NAME]" >&2; exit 2 ;;
  esac
  shift
done

# Nothing of this run may outlive it and hold its output open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# The shell's own settings must not reach the programs under test.
unset "${!ASPNETCORE_@}" DOTNET_ENVIRONMENT
# Programs that live for seconds pay for instrumented code and never see it optimised: a tenth of the run.
export DOTNET_TieredPGO=0

results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# install PACKAGE PROGRAM: from the distribution, when this user may.
install() {
  command -v "$2" >/dev/null && return
  local as=()
  if [[ $EUID -ne 0 ]]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || { echo "$1 is missing and may not be installed here: tests that need it fail"; return; }
    as=(sudo -n)
  fi
  command -v apt-get >/dev/null || { echo "$1 is missing and there is no apt-get: tests that need it fail"; return; }
  echo "Installing $1"
  if [[ ! -e $results/.apt-updated ]]; then
    "${as[@]}" timeout 180 apt-get update -qq >/dev/null
    touch "$results/.apt-updated"
  fi
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends "$1" >"$results/apt-$1.log" 2>&1 \
    || { echo "$1 could not be installed:"; tail -5 "$results/apt-$1.log"; }
}

stage() {
  echo "== $1 (${SECONDS}s)"
}

fail_before_tests() {
  echo "$1"
  echo "0 passed, 1 failed"
  exit 1
}

stage "Tools"
command -v dotnet >/dev/null || fail_before_tests "The .NET 10 SDK is missing."
command -v npm >/dev/null || fail_before_tests "Node.js 20 with npm is missing."
install chromium chromium
install prometheus prometheus
install prometheus-alertmanager prometheus-alertmanager
# Reads the documents back that the product writes.
install poppler-utils pdftotext

# The SMTP server the tests of e-mail talk to.
if [[ ! -d tests/smtp/node_modules ]]; then
  timeout 180 npm ci --prefix tests/smtp --no-fund --no-audit --silent || fail_before_tests "npm ci in tests/smtp failed."
fi

# Somebody else's parser, for the feeds of the status page.
if [[ ! -d tests/feeds/node_modules ]]; then
  timeout 180 npm ci --prefix tests/feeds --no-fund --no-audit --silent || fail_before_tests "npm ci in tests/feeds failed."
fi

if $build; then
  stage "Restore"
  timeout 300 dotnet restore OpsDashboard.sln --locked-mode -v quiet || fail_before_tests "Restore failed."
  stage "Build"
  timeout 600 dotnet build OpsDashboard.sln -c "$configuration" --no-restore -v quiet || fail_before_tests "Build failed."
fi

# start PROJECT SECONDS REPORT ARGUMENTS: the project's own executable, its children included in the time limit.
start() {
  local name=OpsDashboard.$1.Tests seconds=$2 report=$results/$3
  shift 3
  timeout --kill-after=10 "$seconds" "tests/$name/bin/$configuration/net10.0/$name" \
    -noColor -noLogo -ctrf "$report.json" "$@" >"$report.log" 2>&1 </dev/null
}

run() {
  start "$1" "$2" "$1"
  echo $? >"$results/$1.status"
}

# What failed runs once more by itself, so that one stall of a busy machine can be told from a defect; both outcomes are printed.
run_failed_again() {
  local project methods
  for project in Domain Application Web Browser; do
    mapfile -t methods < <(node tests/failed.mjs "$results/$project.json")
    if ((${#methods[@]} > 0)); then start "$project" 300 "$project-again" "${methods[@]}"; fi
  done
}

wanted() {
  [[ -z $only || $only == "$1" ]]
}

stage "Tests"
# Two at a time, for many tests wait more than they work: the longest beside the others in a row.
if wanted Application; then run Application 900 & fi
if wanted Domain; then run Domain 300; fi
if wanted Web; then run Web 900; fi
if wanted Browser; then run Browser 1500; fi
wait

run_failed_again

stage "Results"
node tests/results.mjs "$results"
