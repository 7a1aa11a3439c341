using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>The part of P15 that is memory: what a server takes that has started and was asked for nothing but its health.</summary>
internal static class IdleMemory
{
    private const double BytesPerMegabyte = 1_000_000;
    private static readonly Goal Goal = new(110, 90, " MB");

    public static async Task<FigureRow> MeasureAsync(string figure, Arena arena, string data, CancellationToken ct)
    {
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, ct);
        await using var baseline = await BaselineServer.StartAsync(arena.Workspace, ct);
        var idle = TimeSpan.FromSeconds(arena.Options.Quick ? 2 : 5);
        await Task.Delay(idle, ct);
        return FigureRow.Absolute(
            figure,
            $"resident memory (`VmRSS`), idle, {idle.TotalSeconds:0} s after the start",
            Megabytes(server),
            Goal,
            " MB",
            $"bare application: {Units.Absolute(Megabytes(baseline), " MB")}");
    }

    private static Spread Megabytes(Peer peer) => Spread.Of([peer.Process.ResidentBytes() / BytesPerMegabyte]);
}
