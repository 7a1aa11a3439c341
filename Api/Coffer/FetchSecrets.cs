using System.Security.Cryptography;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Coffer;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer;

/// <summary>
/// Answers a client that boxes a request for its secrets. In this order: the box opens, it holds a request, the request is fresh, nobody has
/// spent it, there is a shard, its licence is held. One key agreement opens the request and boxes the answer.
/// </summary>
internal sealed class FetchSecrets(CofferKey key, ShardReader shards, LicenceReader licences, IWriteQueue writes, TimeProvider clock)
{
    public async Task<Answer> ExecuteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var body = new BoxedBody(bytes);
        using var box = CryptoBox.Agree(key.Pair, body.KeyBytes);
        if (!box.TryOpen(body.Box, out var plaintext))
        {
            return Answer.Refuse(ApiProblem.SealBroken);
        }

        if (!CofferRequest.TryParse(plaintext, out var request))
        {
            return Answer.Invalid("$", CofferRequest.Rule);
        }

        if (!request.IsFresh(clock.GetUtcNow()))
        {
            return Answer.Refuse(ApiProblem.RequestStale);
        }

        if (!await writes.ExecuteAsync(new SpendRequest(SHA256.HashData(body.Name), request.ExpiresDate), ct))
        {
            return Answer.Refuse(ApiProblem.RequestReplayed);
        }

        return await shards.FindAsync(body.PublicKey, ct) switch
        {
            null => Answer.Refuse(ApiProblem.ShardUnknown),
            var shard when !await MayHaveAsync(shard, request, ct) => Answer.Refuse(ApiProblem.LicenceRequired),
            var shard => Answer.Ok(CofferAnswer.Seal(
                box,
                request.Challenge,
                clock.GetUtcNow().ToUnixTimeSeconds(),
                shard.Version,
                shard.Content.List.Span)),
        };
    }

    private async ValueTask<bool> MayHaveAsync(Shard shard, CofferRequest request, CancellationToken ct) =>
        shard.SoftwareGuid is not { } software
        || (request is { Machine: { } machine, Capability: { } capability } && await licences.HoldsAsync(machine, capability, software, ct));
}

/// <summary>Spends a request; false when it was spent before. Of many that present it at once the primary key lets one through.</summary>
internal sealed class SpendRequest(byte[] requestHash, DateTimeOffset expiresDate) : WriteOperation<bool>
{
    private static readonly Statement Insert =
        new("INSERT INTO coffer_requests (request_hash, expires_date) VALUES ($1, $2) ON CONFLICT (request_hash) DO NOTHING");

    public override bool IsSingleStatement => true;

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct) =>
        await transaction.ExecuteAsync(Insert, [SqlValue.Of(requestHash), SqlValue.Of(expiresDate)], ct) == 1;
}
