using FluentValidation;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;
using Repository.Domain.Users;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;
using Repository.Infrastructure.Users;

namespace Repository.Api.Users;

/// <param name="PublicKey">PEM of the new public key; none that the user has or had.</param>
/// <param name="Proof">Base64 of the new key's signature over the proof of a rotation (docs/formats.md).</param>
/// <param name="OldProof">Base64 of the present key's signature over the same bytes.</param>
/// <param name="SealingKey">PEM of an X25519 public key; without it the user has none from now on.</param>
/// <param name="RevokeOld">Whether what the present key signed is no longer valid, such as when it was stolen.</param>
public sealed record ReplaceUserKeysRequest(
    string PublicKey,
    string Proof,
    string OldProof,
    string? SealingKey = null,
    bool? RevokeOld = null);

internal sealed class ReplaceUserKeysRequestValidator : AbstractValidator<ReplaceUserKeysRequest>
{
    public ReplaceUserKeysRequestValidator()
    {
        RuleFor(request => request.Proof).IsBase64UpTo(KeyProof.MaxSize);
        RuleFor(request => request.OldProof).IsBase64UpTo(KeyProof.MaxSize);
    }
}

/// <summary>A rotation whose proofs were found to be genuine.</summary>
/// <param name="UserGuid">Whose keys.</param>
/// <param name="ProvenHash">The key that the old proof verified under: the rotation is good only while it is the present one.</param>
/// <param name="Keys">What the user changes to.</param>
/// <param name="RevokesOld">Whether the old key is revoked.</param>
/// <param name="Date">When.</param>
internal sealed record KeyRotation(HashIdentifier UserGuid, byte[] ProvenHash, PresentedKeys Keys, bool RevokesOld, DateTimeOffset Date);

/// <summary>What became of a rotation.</summary>
internal enum Rotation
{
    Done,

    /// <summary>The user was disabled after its proofs were verified.</summary>
    UserDisabled,

    /// <summary>The key of the old proof is no longer the user's present one. It will not be again: no user has a key twice.</summary>
    KeyReplaced,

    /// <summary>The user has or had the new key.</summary>
    KeyReused,

    /// <summary>The user has as many unrevoked keys as it may.</summary>
    TooManyKeys,
}

/// <summary>Replaces a user's keys. Of many rotations from one key exactly one is done: each decides while it holds the user's row.</summary>
internal sealed class ReplaceUserKeys(KeyRotation rotation, string actor, AuditLog audit) : WriteOperation<Rotation>
{
    /// <summary>Changes nothing: on PostgreSQL it waits for whoever else changes the user, and keeps them out until the transaction ends.</summary>
    private static readonly Statement HoldUser = new("UPDATE users SET state = state WHERE user_guid = $1 RETURNING state, key_hash");

    private static readonly Statement CountUnrevoked = new("SELECT COUNT(*) FROM user_keys WHERE user_guid = $1 AND revoked_date IS NULL");

    private static readonly Statement SetKeys = new("UPDATE users SET key_hash = $1, sealing_key = $2 WHERE user_guid = $3");

    private static readonly Statement ReplaceOld = new("UPDATE user_keys SET replaced_date = $1 WHERE user_guid = $2 AND key_hash = $3");

    private static readonly Statement RevokeOld = new(
        "UPDATE user_keys SET replaced_date = $1, revoked_date = $1 WHERE user_guid = $2 AND key_hash = $3");

    public override async ValueTask<Rotation> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var user = SqlValue.Of(rotation.UserGuid);
        var held = (await transaction.QueryAsync(HoldUser, [user], ct))[0]; // Users are never removed: the one that was judged is there.
        if (held.Number(0) != (long)UserState.Enabled)
        {
            return Rotation.UserDisabled;
        }

        if (!held.Bytes(1).AsSpan().SequenceEqual(rotation.ProvenHash))
        {
            return Rotation.KeyReplaced;
        }

        if (!rotation.RevokesOld && (await transaction.QueryAsync(CountUnrevoked, [user], ct))[0].Number(0) >= UserKey.MaxUnrevoked)
        {
            return Rotation.TooManyKeys;
        }

        var (signing, sealing) = rotation.Keys;
        if (!await transaction.AddKeyAsync(rotation.UserGuid, signing, rotation.Date, ct))
        {
            return Rotation.KeyReused;
        }

        await transaction.ExecuteAsync(SetKeys, [SqlValue.Of(signing.Hash), SqlValue.Of(sealing?.Spki.ToArray()), user], ct);
        await transaction.ExecuteAsync(
            rotation.RevokesOld ? RevokeOld : ReplaceOld,
            [SqlValue.Of(rotation.Date), user, SqlValue.Of(rotation.ProvenHash)],
            ct);
        var details = rotation.RevokesOld ? """{"revokedOld":true}""" : """{"revokedOld":false}""";
        await audit.AppendAsync(transaction, new AuditEvent(actor, "user-keys-replaced", rotation.UserGuid.ToString(), details), ct);
        return Rotation.Done;
    }
}
