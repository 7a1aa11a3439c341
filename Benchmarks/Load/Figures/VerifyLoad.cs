using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>One load of P6: how many connections speak for how many machines, and what that should reach.</summary>
internal sealed record VerifyLoad(int Connections, int Machines, Goal Goal)
{
    private static readonly Goal Crowd = new(2.5, 4);

    public string What => $"durable machine verify ÷ etcd put, connections: {Connections}, machines: {Machines:N0}";

    /// <summary>
    /// A machine for each connection is one hot page of a database, so the crowd also takes turns over many; a quick look takes only
    /// the many.
    /// </summary>
    public static IEnumerable<VerifyLoad> Of(LoadOptions options) =>
    [
        new(1, 1, new Goal(1.0, 1.3)),
        new(32, 32, new Goal(1.5, 2.5)),
        .. options.Quick ? Array.Empty<VerifyLoad>() : [new VerifyLoad(256, 256, Crowd)],
        new(256, options.ManyMachines, Crowd),
    ];
}
