# shellcheck shell=bash
#
# Sourced by run.sh, test.sh and the scripts in eng/: what this repository needs of a machine, installed where that is
# allowed (apt-get, as root or with a sudo that asks for no password).

# The dotnet command as these scripts use it: no greeting, no telemetry, and no build process that outlives the build.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false MSBUILDTERMINALLOGGER=off

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

require_dotnet() { # root
    command -v dotnet >/dev/null || stop 'The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0'
    build_home "$1"

    # Asked in the root, where global.json counts.
    local version
    version=$(cd "$1" && dotnet --version 2>/dev/null) || version='of another version'
    [[ $version == 10.* ]] ||
        stop "The .NET 10 SDK is needed, and the dotnet here is $version: https://dotnet.microsoft.com/download/dotnet/10.0"
}

# The SDK and NuGet keep files in the home directory. Where there is none, they get one among the build's outputs.
build_home() { # root
    local home=${HOME-~} # Without HOME, bash takes ~ from the password file, as .NET does.
    if [[ ! -d $home || ! -w $home ]]; then
        export HOME=$1/artifacts/home
        mkdir -p "$HOME"
    fi
}

require_libsodium() {
    has_libsodium && return
    may_install && install_packages libsodium23
    has_libsodium || stop 'libsodium is missing.' \
        'Debian, Ubuntu: apt-get install libsodium23; Fedora: dnf install libsodium; macOS: brew install libsodium'
}

# True for the names that the server tries (Domain/Cryptography/Interop).
has_libsodium() {
    # Debian keeps ldconfig off an ordinary user's path.
    if PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep -E 'libsodium\.so\.(23|26) ' >/dev/null; then
        return 0
    fi

    local -a directories
    local directory name
    IFS=: read -ra directories <<<"${LD_LIBRARY_PATH:-}:${DYLD_LIBRARY_PATH:-}:/opt/homebrew/lib:/usr/local/lib"
    for directory in "${directories[@]}"; do
        for name in libsodium.so.23 libsodium.so.26 libsodium.dylib; do
            if [[ -n $directory && -e $directory/$name ]]; then
                return 0
            fi
        done
    done
    return 1
}

# Prints the folder of PostgreSQL's server programs: from the path, or where Debian puts them, the newest version first.
postgresql_directory() {
    local found='' directory
    for directory in /usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb || echo /)")"; do
        if [[ -x $directory/initdb && -x $directory/pg_ctl && -x $directory/postgres ]]; then
            found=$directory
        fi
    done
    [[ -n $found ]] && printf '%s\n' "$found"
}

may_install() {
    command -v apt-get >/dev/null && { [[ $(id -u) == 0 ]] || sudo -n true 2>/dev/null; }
}

as_root() {
    if [[ $(id -u) == 0 ]]; then "$@"; else sudo -n "$@"; fi
}

# Installs Debian packages. Prints one line, or apt-get's words when it fails; the caller looks whether it has what it needs.
install_packages() { # package...
    local log
    log=$(mktemp)
    printf 'Installing %s\n' "$*"

    # Once per script. An update that fails in part is enough when the packages are found.
    ${package_lists_updated:-false} || run_apt update >"$log" 2>&1 || true
    package_lists_updated=true
    if ! run_apt install --yes --no-install-recommends "$@" >>"$log" 2>&1; then
        cat "$log" >&2
    fi
    rm -f "$log"
}

run_apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# Debian's package makes a database of its own and serves it on port 5432. The tests make theirs, so this one is left out.
install_postgresql() {
    local setting=/etc/postgresql-common/createcluster.d/repository-tests.conf
    as_root mkdir -p "$(dirname "$setting")"
    as_root tee "$setting" >/dev/null <<<'create_main_cluster = false'
    install_packages postgresql
    as_root rm -f "$setting"
}
