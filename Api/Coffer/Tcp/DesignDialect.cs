using System.Buffers;
using System.IO.Pipelines;
using Repository.Domain.Coffer;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Coffer;

namespace Repository.Api.Coffer.Tcp;

/// <summary>
/// The <em>design</em> dialect. Whoever knows a client key may ask for its shard; only who holds its private half can open the answer, and
/// knows by the box that this server made it.
/// <code>
/// begun   Hello -> Link, then linked    or KeyNotFound, closed
///         Bye   -> closed               anything else -> Error, closed
/// linked  Get   -> OkGet, linked        or KeyNotFound or Error, closed
///         Bye   -> closed               anything else -> Error, closed
/// </code>
/// </summary>
internal sealed class DesignDialect(ShardReader shards, CofferKey key) : ICofferDialect
{
    private ClientKey _client;
    private CryptoBox? _box;

    public bool TryTake(ref ReadOnlySequence<byte> received, out FrameRequest request) => DesignFrame.TryTake(ref received, out request);

    public ValueTask<bool> AnswerAsync(FrameRequest request, PipeWriter output, CancellationToken ct) => (request.Kind, _box) switch
    {
        (RequestKind.Hello, null) => LinkAsync(request.Client, output, ct),
        (RequestKind.Get, { } box) => SendAsync(box, output, ct),
        (RequestKind.Bye, _) => ValueTask.FromResult(false),
        (RequestKind.Hello, _) => ValueTask.FromResult(Refuse(output, "Hello was said before.")),
        (RequestKind.Get, _) => ValueTask.FromResult(Refuse(output, "Hello comes first.")),
        _ => ValueTask.FromResult(Refuse(output, request.Fault!)),
    };

    public void Apologize(PipeWriter output) => DesignFrame.WriteError(output, "The database is out of reach. Try again.");

    public void Dispose() => _box?.Dispose();

    private async ValueTask<bool> LinkAsync(ClientKey client, PipeWriter output, CancellationToken ct)
    {
        _client = client;
        if (await shards.FindAsync(client, ct) is null)
        {
            return NotFound(output);
        }

        // The agreement is nearly all of a box's cost: once a connection. Nothing can be boxed for a key of low order, which a definition
        // may name all the same.
        var box = CryptoBox.Agree(key.Pair, client.ToByteArray());
        if (!box.CanSeal)
        {
            box.Dispose();
            return NotFound(output);
        }

        _box = box;
        DesignFrame.WriteLink(output);
        return true;
    }

    /// <summary>Reads the shard anew, so that a change counts at once.</summary>
    private async ValueTask<bool> SendAsync(CryptoBox box, PipeWriter output, CancellationToken ct)
    {
        switch (await shards.FindAsync(_client, ct))
        {
            case null:
                return NotFound(output);
            case { IsLicenceBound: true }:
                return Refuse(output, "This shard takes a licence, which only HTTP carries.");
            case { Content.List.Length: > DesignFrame.MaxListSize }:
                return Refuse(output, "This shard is too large for a frame. Ask for it over HTTP.");
            case var shard:
                DesignFrame.WriteOkGet(output, shard.Content.List.Span, box);
                return true;
        }
    }

    private bool NotFound(PipeWriter output)
    {
        DesignFrame.WriteKeyNotFound(output, _client);
        return false;
    }

    private static bool Refuse(PipeWriter output, string reason)
    {
        DesignFrame.WriteError(output, reason);
        return false;
    }
}
