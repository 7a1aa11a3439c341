using System.Security.Cryptography;
using Repository.Api.Hosting.Callers;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>
/// A resource's login token. It is read at every request, so that one that is revoked, or whose resource is deleted or whose owner is
/// disabled, is refused at once on every node.
/// </summary>
internal sealed class LoginTokenCredential(Database database, LoginTokenUses uses, TimeProvider clock) : ICredential
{
    private static readonly Statement Find = new(
        """
        SELECT token.id, token.secret_hash, token.resource_guid, token.last_used_date
        FROM login_tokens token
        JOIN resources resource ON resource.resource_guid = token.resource_guid AND NOT resource.is_deleted
        JOIN users owner ON owner.user_guid = resource.owner_guid AND owner.state = 1
        WHERE token.source_id = $1
        """);

    /// <summary>What the secret of an unknown source is compared with: the work is the same, and no secret has this hash.</summary>
    private static readonly byte[] HashOfNone = new byte[SHA256.HashSizeInBytes];

    public ValueTask<Caller?> RecognizeAsync(string presented, CancellationToken ct) =>
        PlainLoginToken.TryParse(presented, out var token) ? FindAsync(token, ct) : default;

    private async ValueTask<Caller?> FindAsync(PlainLoginToken token, CancellationToken ct)
    {
        var rows = await database.QueryAsync(Find, [SqlValue.Of(token.Source.ToByteArray())], ct);
        var isGenuine = CryptographicOperations.FixedTimeEquals(token.SecretHash, rows.Count == 0 ? HashOfNone : rows[0].Bytes(1));
        if (!isGenuine || rows is not [var known])
        {
            return null;
        }

        uses.Note(known.Number(0), known.IsNull(3) ? null : known.Date(3), clock.GetUtcNow());
        return Caller.LoginToken(HashIdentifier.Load(known.Bytes(2)), PlainLoginToken.Prefix + token.Source);
    }
}
