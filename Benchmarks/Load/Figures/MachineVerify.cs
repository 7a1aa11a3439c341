using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>
/// P6: durable machine verify beside etcd's durable put, over as many keys. The goal is set against JSON over HTTP/1.1 on both
/// sides, which is what its reference figures were; etcd's own gRPC, which spares it the JSON, is shown beside it.
/// </summary>
internal sealed class MachineVerify : IFigure
{
    public string Id => "P6";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var repository = await arena.RepositoryAsync(ct);
        var machines = await arena.MachinesAsync(ct);
        await using var etcd = Command.Find(EtcdServer.Program) is null ? null : await EtcdServer.StartAsync(arena.Workspace, ct);
        var rows = new List<FigureRow>();
        foreach (var load in VerifyLoad.Of(arena.Options))
        {
            var contenders = Contenders(load, machines, repository, etcd);
            rows.Add(Compare(load, await InterleavedRounds.RunAsync(arena.Length, contenders, ct)));
        }

        return rows;
    }

    private static List<Contender> Contenders(VerifyLoad load, MachinePool machines, Peer repository, Peer? etcd)
    {
        var turns = () => machines.Share(load.Machines, load.Connections);
        var verify = new ConversationContender("verify", repository, turns().Select(own => new VerifyMachines(own)));
        if (etcd is null)
        {
            return [verify];
        }

        var grpc = new ConversationContender("etcd put, gRPC", etcd, turns().Select(own => new EtcdGrpcPut(own)));
        var gateway = new ConversationContender("etcd put, JSON gateway", etcd, turns().Select(own => new EtcdGatewayPut(own)));
        return [verify, gateway, grpc];
    }

    private FigureRow Compare(VerifyLoad load, IReadOnlyList<Series> rounds)
    {
        if (rounds is not [var verify, var gateway, var grpc])
        {
            return FigureRow.Skipped(Id, load.What, "etcd is not installed") with { Measured = Units.Throughput(rounds[0]) };
        }

        var row = FigureRow.Compared(Id, load.What, verify, gateway, load.Goal, $"<br>{grpc.Name}: {Units.Throughput(grpc)}");
        return row with { Value = $"{row.Value}<br>to gRPC: {Units.Ratio(verify.RatioTo(grpc))}" };
    }
}
