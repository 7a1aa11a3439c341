using System.Net;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>Starts the published server on a data directory of its own.</summary>
internal static class RepositoryServer
{
    /// <summary>An administrator's key for a server on loopback that lives for one measurement: no secret.</summary>
    public const string AdminKey = "rak_benchmark-benchmark-benchmark-benchmark";

    /// <summary>On the embedded database.</summary>
    public static Task<Peer> StartAsync(Workspace workspace, PublishedServer server, string dataDirectory, CancellationToken ct) =>
        StartAsync(workspace, server, dataDirectory, new RepositoryServerSettings(), ct);

    public static Task<Peer> StartAsync(
        Workspace workspace,
        PublishedServer server,
        string dataDirectory,
        RepositoryServerSettings settings,
        CancellationToken ct)
    {
        var endPoint = LoopbackPort.Free();
        var environment = new Dictionary<string, string?>
        {
            ["Kestrel__Endpoints__Public__Url"] = $"http://{endPoint}",
            ["Repository__DataDirectory"] = dataDirectory,
            ["Repository__AdminKey"] = AdminKey,
            ["RateLimits__Enabled"] = "false",
            ["Coffer__Listen"] = $"{settings.CofferEndPoint ?? new IPEndPoint(IPAddress.Loopback, 0)}",
            ["Coffer__ClassicDialect"] = "true",
        };
        if (settings.PostgresConnectionString is { } connectionString)
        {
            environment["Database__Provider"] = "Postgres";
            environment["ConnectionStrings__Repository"] = connectionString;
        }

        foreach (var (name, value) in new Dictionary<string, string?>
        {
            ["Repository__MasterKey"] = settings.MasterKey,
            ["Cluster__JoinToken"] = settings.JoinToken,
        })
        {
            if (value is not null)
            {
                environment[name] = value;
            }
        }

        if (settings.VerifiedSignatures is { } verifiedSignatures)
        {
            environment["Capabilities__VerifiedSignatures"] = $"{verifiedSignatures}";
        }

        if (settings.VerifiedTokens is { } verifiedTokens)
        {
            environment["Tokens__VerifiedTokens"] = $"{verifiedTokens}";
        }

        if (settings.MaxHeldPollsPerCaller is { } heldPolls)
        {
            environment["Rooms__MaxHeldPolls"] = "20000";
            environment["Rooms__MaxHeldPollsPerCaller"] = $"{heldPolls}";
        }

        return Peer.StartAsync(
            endPoint,
            settings.JoinToken is null ? "/health/live" : "/health/ready", // A node that joins lives before it serves.
            () => ChildProcess.Start([.. settings.Tracer, "dotnet", server.Assembly], environment, workspace.NewLog("server")),
            ct);
    }
}
