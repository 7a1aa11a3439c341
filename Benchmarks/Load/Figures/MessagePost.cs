using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Contenders;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>P8: a message posted, durable before its answer, beside the other durable write.</summary>
internal sealed class MessagePost : IFigure
{
    private const int Connections = 32;
    private static readonly Goal Goal = new(0.7, 0.9);

    public string Id => "P8";

    public async Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct)
    {
        var data = arena.Workspace.NewDirectory("data");
        await using var server = await RepositoryServer.StartAsync(arena.Workspace, arena.Server, data, ct);
        var machines = new MachinePool(Connections);
        await RegisterMachines.RunAsync(server.EndPoint, machines, ct);
        var users = await RoomUser.OpenAsync(server.EndPoint, Connections, ct);
        var rooms = users.Select(user => new CreateRooms(user, 1)).ToList();
        await LoadGenerator.CompleteAsync(server.EndPoint, rooms, ct);
        var shared = await users[0].ShareRoomAsync(server.EndPoint, [.. users.Skip(1)], ct);

        var rounds = await InterleavedRounds.RunAsync(
            arena.Length,
            [
                Posts("a room each", server, rooms.Select(own => own.Owner.PostMessage(own.Rooms[0]))),
                Posts("one room", server, users.Select(user => user.PostMessage(shared))),
                new ConversationContender("machine verify", server, machines.Share(Connections, Connections).Select(own => new VerifyMachines(own))),
            ],
            ct);
        var beside = $"÷ durable machine verify, {Connections} connections";
        return
        [
            FigureRow.Compared(Id, $"message of 256 bytes posted, durable, a room a connection {beside}", rounds[0], rounds[2], Goal),
            FigureRow.Compared(Id, $"the same, all into one room of {Connections} members {beside}", rounds[1], rounds[2], goal: null),
        ];
    }

    private static ConversationContender Posts(string name, Peer server, IEnumerable<byte[]> requests) =>
        new(name, server, requests.Select(request => new SameRequest(request, status: 201)));
}
