using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Processes;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>Introspection: sends token after token, each of which must be active.</summary>
internal sealed class IntrospectTokens(IReadOnlyList<byte[]> requests, int first) : Conversation
{
    private int _turn = first;

    /// <summary>Deals the tokens out to connections: each begins at another one.</summary>
    public static IEnumerable<IntrospectTokens> Share(IEnumerable<string> tokens, int connections)
    {
        List<byte[]> requests = [.. tokens.Select(Request)];
        return Enumerable.Range(0, connections).Select(connection => new IntrospectTokens(requests, connection * requests.Count / connections));
    }

    public override ReadOnlyMemory<byte> NextRequest() => requests[_turn++ % requests.Count];

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        return answer.Status == 200 && answer.Body.StartsWith("{\"active\":true,"u8)
            ? answer.Length
            : throw UnexpectedAnswerException.For("200 and an active token", received);
    }

    // By the administrator, whose key costs the least to recognise. A JWT needs no escapes in a form.
    private static byte[] Request(string token) => HttpRequest.PostForm("/v1/tokens/introspect", $"token={token}", RepositoryServer.AdminKey);
}
