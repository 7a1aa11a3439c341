#!/usr/bin/env bash
#
# Builds the server and serves on http://127.0.0.1:5080, with its data in ./data. Arguments are the server's settings:
#
#   ./run.sh --Kestrel:Endpoints:Public:Url=http://127.0.0.1:6000 --Repository:DataDirectory=/var/lib/repository

set -euo pipefail

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=eng/install.sh
. "$root/eng/install.sh"

require_dotnet "$root"
require_libsodium

echo 'Building the server; the first time takes a minute.'
ahead_of_time=()
if [[ $(uname -sm) == 'Linux x86_64' ]]; then
    ahead_of_time=(--runtime linux-x64) # Compiled before it runs: it starts in two thirds of the time.
fi
(cd "$root" && dotnet publish Api/Api.csproj --configuration Release "${ahead_of_time[@]}" --output artifacts/server --verbosity quiet --nologo >&2)

# The server prints its address, the address of Swagger UI and the file with the administrator's key when it listens.
export Repository__Banner="${Repository__Banner:-true}"

# In the caller's directory, because a relative data directory is under it; by exec, because signals are the server's.
exec dotnet "$root/artifacts/server/Repository.Api.dll" "$@"
