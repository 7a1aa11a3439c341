using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Issuing;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>Asks for the secrets of one client, each time in a new box; the first answer of each connection is opened.</summary>
internal sealed class FetchSecrets : Conversation
{
    private readonly CofferClient _client;
    private readonly byte[] _request;
    private bool _isTrusted;

    public FetchSecrets(CofferClient client)
    {
        _client = client;
        _request = [.. HttpRequest.PostHead("/v1/coffer/secrets", "application/octet-stream", client.RequestBytes), .. new byte[client.RequestBytes]];
    }

    public override void Connected() => _isTrusted = false;

    public override ReadOnlyMemory<byte> NextRequest()
    {
        _client.WriteRequest(_request.AsSpan(_request.Length - _client.RequestBytes));
        return _request;
    }

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        if (answer.Status != 200 || !(_isTrusted || _client.Box.TryOpen(answer.Body, out _)))
        {
            throw UnexpectedAnswerException.For("200 and a box that opens", received);
        }

        _isTrusted = true;
        return answer.Length;
    }
}
