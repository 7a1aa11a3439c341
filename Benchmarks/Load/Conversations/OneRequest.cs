using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>One request, answered with the given status.</summary>
internal sealed class OneRequest(byte[] request, int status = 200) : Conversation
{
    private readonly SameRequest _inner = new(request, status);
    private bool _sent;

    public override ReadOnlyMemory<byte> NextRequest()
    {
        var first = !_sent;
        _sent = true;
        return first ? _inner.NextRequest() : ReadOnlyMemory<byte>.Empty;
    }

    public override int ReadAnswer(Span<byte> received) => _inner.ReadAnswer(received);
}
