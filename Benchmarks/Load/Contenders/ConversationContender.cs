using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;

namespace Repository.Benchmarks.Load.Contenders;

/// <summary>A peer, or several that are one service, under this client's load.</summary>
/// <param name="name">What the report calls it.</param>
/// <param name="peers">Who answers: each gets every n-th connection.</param>
/// <param name="conversations">One a connection.</param>
internal sealed class ConversationContender(string name, IReadOnlyList<Peer> peers, IEnumerable<Conversation> conversations) : Contender(name)
{
    private readonly List<Conversation> _conversations = [.. conversations];

    public ConversationContender(string name, Peer peer, IEnumerable<Conversation> conversations)
        : this(name, [peer], conversations)
    {
    }

    /// <summary>Many connections that all send the same request.</summary>
    public static ConversationContender Same(string name, Peer peer, byte[] request, int connections) =>
        new(name, peer, Enumerable.Range(0, connections).Select(_ => new Conversations.SameRequest(request)));

    public override async Task<Sample> MeasureAsync(SampleTiming timing, CancellationToken ct)
    {
        var cores = peers.Select(peer => CoresUsed.ByProcess(peer.Process.Id)).ToList();
        var sample = await LoadGenerator.MeasureAsync([.. peers.Select(peer => peer.EndPoint)], _conversations, timing, ct);
        return sample with { PeerCores = cores.Sum(used => used.SinceStart()) };
    }
}
