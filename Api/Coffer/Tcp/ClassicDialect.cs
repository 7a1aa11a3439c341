using System.Buffers;
using System.IO.Pipelines;
using Repository.Domain.Coffer;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Coffer;

namespace Repository.Api.Coffer.Tcp;

/// <summary>
/// The <em>classic</em> dialect, which has no words for a refusal: whatever is wrong closes the connection.
/// <code>
/// begun   Hello -> nothing, then linked    anything else -> closed
/// linked  Get   -> OkGet, linked           anything else -> closed
/// </code>
/// </summary>
internal sealed partial class ClassicDialect(ShardReader shards, ILogger<ClassicDialect> logger) : ICofferDialect
{
    private ClientKey? _client;

    public bool TryTake(ref ReadOnlySequence<byte> received, out FrameRequest request) => ClassicFrame.TryTake(ref received, out request);

    public ValueTask<bool> AnswerAsync(FrameRequest request, PipeWriter output, CancellationToken ct) => (request.Kind, _client) switch
    {
        (RequestKind.Hello, null) => LinkAsync(request.Client, ct),
        (RequestKind.Get, { } client) => SendAsync(client, output, ct),
        _ => ValueTask.FromResult(false),
    };

    public void Apologize(PipeWriter output)
    {
        // The close says it.
    }

    public void Dispose()
    {
        // Each answer is sealed with a pair of its own, which libsodium wipes.
    }

    private async ValueTask<bool> LinkAsync(ClientKey client, CancellationToken ct)
    {
        _client = client;
        return await shards.FindAsync(client, ct) is not null;
    }

    /// <summary>Reads the shard anew, so that a change counts at once.</summary>
    private async ValueTask<bool> SendAsync(ClientKey client, PipeWriter output, CancellationToken ct)
    {
        if (await shards.FindAsync(client, ct) is not { IsLicenceBound: false } shard)
        {
            return false;
        }

        var list = shard.Content.ClassicList;
        foreach (var left in list.TakeUnreported())
        {
            LogLeftOut(left, client);
        }

        if (list.Bytes.Length + SealedBox.Overhead > FrameRequest.MaxBodySize
            || !SealedBox.TrySeal(list.Bytes.Span, client.ToByteArray(), out var box))
        {
            return false;
        }

        ClassicFrame.WriteOkGet(output, box);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "The secret {Key} of shard {Client} does not fit the classic dialect and is left out")]
    private partial void LogLeftOut(string key, ClientKey client);
}
