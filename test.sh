#!/usr/bin/env bash
#
# Installs what the tests need, builds everything and runs all tests. Arguments go to the test runner (xunit.v3):
#
#   ./test.sh -class '*Machines*'      ./test.sh -method '*winner*' -stopOnFail      ./test.sh -help
#
# The last line is "N passed, N failed", and ", N skipped" when some were. The exit code is 0 only when tests ran and
# none failed. A build that fails, a runner that crashes and an error outside a test count as a failure each.

set -euo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=eng/install.sh
. "$root/eng/install.sh"
cd "$root"

passed=0 failed=1 skipped=0 # Until the results say otherwise.

summarize() {
    local code=$?
    if ((failed > 0 || passed == 0)) && ((code == 0)); then
        code=1
    fi

    local line="$passed passed, $failed failed"
    if ((skipped > 0)); then
        line+=", $skipped skipped"
    fi

    # .ci/run keeps the line for its own end.
    if [[ -n ${TEST_SUMMARY_FILE:-} ]]; then
        printf '%s\n' "$line" >"$TEST_SUMMARY_FILE"
    else
        printf '\n%s\n' "$line" # On a line of its own, also after a runner that died in the middle of one.
    fi
    exit "$code"
}
trap summarize EXIT

require_dotnet "$root"

# What the tests use, and what eng/check.sh uses.
if may_install; then
    has_libsodium || install_packages libsodium23
    postgresql_directory >/dev/null || install_postgresql
    [[ -x /usr/bin/chromium ]] || install_packages chromium
    command -v shellcheck >/dev/null || install_packages shellcheck
    command -v curl >/dev/null || install_packages curl
    command -v openssl >/dev/null || install_packages openssl
    command -v python3 >/dev/null || install_packages python3
    command -v docker-compose >/dev/null || install_packages docker-compose
fi
require_libsodium

lacks() { # what, why it matters
    [[ ${CI:-} != true ]] || stop "$1 is missing: $2"
    printf '%s is missing: %s\n' "$1" "$2"
}

databases=SQLite
if postgresql=$(postgresql_directory); then
    databases+=", $("$postgresql/postgres" --version)"
else
    lacks PostgreSQL 'the tests run on SQLite only (Debian: apt-get install postgresql)'
fi
[[ -x /usr/bin/chromium ]] || lacks Chromium 'the tests in a browser cannot run (Debian: apt-get install chromium)'

dotnet restore Repository.sln --locked-mode --verbosity quiet
dotnet msbuild Repository.sln -property:Configuration=Release -maxcpucount -verbosity:quiet -nologo

echo "Databases: $databases"
results=$root/artifacts/tests/results.trx
mkdir -p "$(dirname "$results")"
rm -f "$results"
options=(-noLogo -trx "$results")
[[ -t 1 ]] || options+=(-noColor)

runner=0
dotnet exec Api.Tests/bin/Release/net10.0/Repository.Api.Tests.dll "$@" "${options[@]}" || runner=$?

# <Counters total="8" executed="6" passed="5" failed="1" error="0" … notExecuted="1" …/>,
# where error counts what failed outside a test.
count() {
    sed -n "s/.*<Counters [^>]* $1=\"\([0-9]*\)\".*/\1/p" "$results"
}
if grep '<Counters ' "$results" >/dev/null 2>&1; then
    passed=$(count passed)
    failed=$(($(count failed) + $(count error)))
    skipped=$(count notExecuted)
    if ((runner != 0 && failed == 0)); then
        failed=1
    fi
fi
