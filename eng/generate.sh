#!/usr/bin/env bash
#
# Makes the generated files that are committed.
#
#   eng/generate.sh openapi              docs/openapi.json, from the server's own routes
#   eng/generate.sh migration AddUsers   a migration of that name for SQLite and for PostgreSQL
#   eng/generate.sh locks                every packages.lock.json, after a change of packages
#   eng/generate.sh check                makes nothing; fails when a migration or docs/openapi.json is stale

set -euo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=eng/install.sh
. "$root/eng/install.sh"
cd "$root"
require_dotnet "$root"

case ${1:-} in
    openapi | migration | check) exec dotnet run --project eng/Generate --configuration Release --verbosity quiet -- "$@" ;;
    locks) exec dotnet restore Repository.sln --force-evaluate ;;
    *) sed -n '3,$s/^#   //p' "${BASH_SOURCE[0]}" >&2 && exit 2 ;;
esac
