using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;

namespace Repository.Benchmarks.Load.Contenders;

/// <summary>A peer under this client's load.</summary>
/// <param name="name">What the report calls it.</param>
/// <param name="peer">Who answers.</param>
/// <param name="conversations">One a connection.</param>
internal sealed class ConversationContender(string name, Peer peer, IEnumerable<Conversation> conversations) : Contender(name)
{
    private readonly List<Conversation> _conversations = [.. conversations];

    /// <summary>Many connections that all send the same request.</summary>
    public static ConversationContender Same(string name, Peer peer, byte[] request, int connections) =>
        new(name, peer, Enumerable.Range(0, connections).Select(_ => new Conversations.SameRequest(request)));

    public override async Task<Sample> MeasureAsync(SampleTiming timing, CancellationToken ct)
    {
        var cores = CoresUsed.ByProcess(peer.Process.Id);
        var sample = await LoadGenerator.MeasureAsync(peer.EndPoint, _conversations, timing, ct);
        return sample with { PeerCores = cores.SinceStart() };
    }
}
