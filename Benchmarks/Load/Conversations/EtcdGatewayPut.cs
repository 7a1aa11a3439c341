using System.Buffers.Text;
using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>etcd's put through its JSON gateway: keys and values as long as a machine's hash and date, in base64.</summary>
internal sealed class EtcdGatewayPut(MachineTurns machines) : Conversation
{
    private const string BodyStart = "{\"key\":\"";
    private static readonly int KeyLength = Base64.GetMaxEncodedToUtf8Length(MachinePool.HashBytes);
    private static readonly int ValueLength = Base64.GetMaxEncodedToUtf8Length(MachinePool.DateBytes);
    private static readonly string Body = BodyStart + new string('A', KeyLength) + "\",\"value\":\"" + new string('A', ValueLength) + "\"}";

    private readonly byte[] _request = HttpRequest.Post("/v3/kv/put", Body);

    public override ReadOnlyMemory<byte> NextRequest()
    {
        machines.MoveNext();
        var key = _request.AsSpan(_request.Length - Body.Length + BodyStart.Length, KeyLength);
        _ = Base64.EncodeToUtf8(machines.Hash, key, out _, out _);
        return _request;
    }

    public override int ReadAnswer(Span<byte> received)
    {
        if (!HttpAnswer.TryRead(received, out var answer))
        {
            return 0;
        }

        return answer.Status == 200 && answer.Body.IndexOf("revision"u8) >= 0
            ? answer.Length
            : throw UnexpectedAnswerException.For("200 with a revision", received);
    }
}
