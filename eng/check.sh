#!/usr/bin/env bash
#
# Checks what no test can: formatting, lock files, generated files, scripts, the compose file. Names each check that
# fails; the exit code is 0 only when none did. What is not installed (shellcheck, docker-compose) is passed over, in a line.

set -uo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=eng/install.sh
. "$root/eng/install.sh"
cd "$root" || exit
require_dotnet "$root"

output=$(mktemp) nothing=$(mktemp)
trap 'rm -f "$output" "$nothing"' EXIT
failures=()

check() { # name, command...
    local name=$1
    shift
    if "$@" >"$output" 2>&1; then
        printf 'Check passed: %s\n' "$name"
    else
        cat "$output"
        printf 'Check failed: %s\n' "$name"
        failures+=("$name")
    fi
}

check_with() { # program, name, command...
    local program=$1
    shift
    if command -v "$program" >/dev/null; then
        check "$@"
    else
        printf 'Check passed over, for want of %s: %s\n' "$program" "$1"
    fi
}

# A locked restore makes a lock file that is missing, so those that git does not know are looked for as well.
locked_restore() {
    if dotnet restore Repository.sln --locked-mode --verbosity quiet; then
        local unknown
        unknown=$(git ls-files --others --exclude-standard -- '*packages.lock.json')
        [[ -n $unknown ]] || return 0
        printf 'Not committed: %s\n' "$unknown"
    fi
    echo 'If a package was meant to change: eng/generate.sh locks'
    return 1
}

formatting() {
    dotnet format Repository.sln --verify-no-changes --no-restore && return
    echo 'To repair: dotnet format'
    return 1
}

# With an empty .env in place of the developer's own: `docker compose up` needs none.
compose() {
    docker-compose --env-file "$nothing" --file docker-compose.yml config --quiet &&
        docker-compose --env-file "$nothing" --file docker-compose.yml --profile scaled config --quiet
}

check 'locked restore' locked_restore
check 'formatting' formatting
check 'generated files: migrations, OpenAPI document' eng/generate.sh check
check_with shellcheck 'scripts' shellcheck --external-sources run.sh test.sh .ci/run eng/*.sh
check_with docker-compose 'docker-compose.yml' compose

if ((${#failures[@]} > 0)); then
    printf 'Failed: %s\n' "${failures[@]}"
    exit 1
fi
