# The server alone: no SDK, no shell script, no root. Its root file system may be read-only; what it keeps is in /data.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# The packages first: this layer is made anew only when they change.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY Domain/Domain.csproj Domain/packages.lock.json Domain/
COPY Infrastructure/Infrastructure.csproj Infrastructure/packages.lock.json Infrastructure/
COPY Api/Api.csproj Api/packages.lock.json Api/
# Where there is a compiler for it, the server is compiled before it runs: it starts in two thirds of the time.
RUN if [ "$(uname -m)" = x86_64 ]; then echo --runtime linux-x64; fi >/runtime \
    && dotnet restore Api/Api.csproj --locked-mode $(cat /runtime)

COPY .editorconfig appsettings.json ./
COPY eng/BannedSymbols.txt eng/
COPY Domain/ Domain/
COPY Infrastructure/ Infrastructure/
COPY Api/ Api/
RUN dotnet publish Api/Api.csproj --configuration Release $(cat /runtime) --no-restore --output /app


FROM mcr.microsoft.com/dotnet/aspnet:10.0

RUN apt-get update \
    && apt-get install --yes --no-install-recommends libsodium23 \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --mode=0700 --owner="$APP_UID" --group="$APP_UID" /data

COPY --from=build /app /app

# The base image would have the server listen on port 8080 beside its own; the runtime would open a debugger's socket in /tmp.
ENV ASPNETCORE_HTTP_PORTS= \
    DOTNET_EnableDiagnostics=0 \
    Kestrel__Endpoints__Public__Url=http://0.0.0.0:5080 \
    Coffer__Listen=0.0.0.0:9187 \
    Repository__DataDirectory=/data

USER $APP_UID
WORKDIR /app
VOLUME /data
EXPOSE 5080 9187

HEALTHCHECK --interval=30s --timeout=10s --start-period=20s \
    CMD ["dotnet", "/app/Repository.Api.dll", "--healthcheck", "http://127.0.0.1:5080"]

ENTRYPOINT ["dotnet", "/app/Repository.Api.dll"]
