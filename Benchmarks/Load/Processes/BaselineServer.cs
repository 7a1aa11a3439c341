using System.Globalization;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>Starts the bare Kestrel application: this assembly, with the runtime's defaults but for one heap, as the server has.</summary>
internal static class BaselineServer
{
    public static Task<Peer> StartAsync(Workspace workspace, CancellationToken ct)
    {
        var endPoint = LoopbackPort.Free();
        return Peer.StartAsync(
            endPoint,
            "/hello",
            () => ChildProcess.Start(
                ["dotnet", typeof(BaselineServer).Assembly.Location, "baseline", endPoint.Port.ToString(CultureInfo.InvariantCulture)],
                new Dictionary<string, string?>(),
                workspace.NewLog("baseline")),
            ct);
    }
}
