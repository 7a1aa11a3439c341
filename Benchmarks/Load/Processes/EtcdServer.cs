namespace Repository.Benchmarks.Load.Processes;

/// <summary>Starts a single-node etcd, which syncs its log before it answers a put.</summary>
internal static class EtcdServer
{
    public const string Program = "etcd";

    private const long QuotaBytes = 8L << 30;

    public static Task<Peer> StartAsync(Workspace workspace, CancellationToken ct)
    {
        var client = LoopbackPort.Free();
        var clientUrl = $"http://{client}";
        var peerUrl = $"http://{LoopbackPort.Free()}";
        return Peer.StartAsync(
            client,
            "/health",
            () => ChildProcess.Start(
                [
                    Program, "--data-dir", workspace.NewPath("etcd"), "--log-level", "error",
                    "--listen-client-urls", clientUrl, "--advertise-client-urls", clientUrl,
                    "--listen-peer-urls", peerUrl, "--initial-advertise-peer-urls", peerUrl, "--initial-cluster", $"default={peerUrl}",
                    "--quota-backend-bytes", $"{QuotaBytes}",
                ],
                new Dictionary<string, string?>(),
                workspace.NewLog("etcd")),
            ct);
    }
}
