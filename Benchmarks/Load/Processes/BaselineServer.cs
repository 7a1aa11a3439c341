using System.Globalization;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>Starts the bare Kestrel application: this assembly, under the server's own runtime configuration.</summary>
internal static class BaselineServer
{
    public static Task<Peer> StartAsync(Workspace workspace, PublishedServer server, CancellationToken ct)
    {
        var endPoint = LoopbackPort.Free();
        return Peer.StartAsync(
            endPoint,
            "/hello",
            () => ChildProcess.Start(
                [
                    "dotnet", "exec", "--runtimeconfig", server.RuntimeConfiguration,
                    typeof(BaselineServer).Assembly.Location, "baseline", endPoint.Port.ToString(CultureInfo.InvariantCulture),
                ],
                new Dictionary<string, string?>(),
                workspace.NewLog("baseline")),
            ct);
    }
}
