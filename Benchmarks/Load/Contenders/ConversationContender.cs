using System.Net;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Contenders;

/// <summary>A peer under this client's load.</summary>
/// <param name="name">What the report calls it.</param>
/// <param name="peer">Where it listens.</param>
/// <param name="conversations">One a connection.</param>
internal sealed class ConversationContender(string name, IPEndPoint peer, IEnumerable<Conversation> conversations) : Contender(name)
{
    private readonly List<Conversation> _conversations = [.. conversations];

    /// <summary>Many connections that all send the same request.</summary>
    public static ConversationContender Same(string name, IPEndPoint peer, byte[] request, int connections) =>
        new(name, peer, Enumerable.Range(0, connections).Select(_ => new Conversations.SameRequest(request)));

    public override Task<Sample> MeasureAsync(SampleTiming timing, CancellationToken ct) =>
        LoadGenerator.MeasureAsync(peer, _conversations, timing, ct);
}
