using FluentValidation;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;
using Repository.Domain.Users;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;
using Repository.Infrastructure.Users;

namespace Repository.Api.Users;

/// <param name="UserGuid">The user's name: 32 or 64 lower-case hex digits.</param>
/// <param name="PublicKey">PEM of an Ed25519, RSA (2048 to 8192 bits) or EC P-256 public key.</param>
/// <param name="Proof">Base64 of the signature by the public key's private half over the proof of possession (docs/formats.md).</param>
/// <param name="SealingKey">PEM of an X25519 public key, for others to seal to.</param>
public sealed record RegisterUserRequest(string UserGuid, string PublicKey, string Proof, string? SealingKey = null);

internal sealed class RegisterUserRequestValidator : AbstractValidator<RegisterUserRequest>
{
    public RegisterUserRequestValidator()
    {
        RuleFor(request => request.UserGuid).Spells<RegisterUserRequest, HashIdentifier>();
        RuleFor(request => request.Proof).IsBase64UpTo(KeyProof.MaxSize);
    }
}

/// <summary>
/// Registers a user with its first key; false when there is one of this name, whatever its key. The insert is the check: of many at once,
/// the primary key lets one through.
/// </summary>
internal sealed class RegisterUser(HashIdentifier userGuid, PresentedKeys keys, DateTimeOffset now, string actor, AuditLog audit) : WriteOperation<bool>
{
    private static readonly Statement InsertUser = new(
        """
        INSERT INTO users (user_guid, state, key_hash, sealing_key, registered_date) VALUES ($1, 1, $2, $3, $4)
        ON CONFLICT (user_guid) DO NOTHING
        """);

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var (user, hash) = (SqlValue.Of(userGuid), SqlValue.Of(keys.Signing.Hash));
        var sealing = SqlValue.Of(keys.Sealing?.Spki.ToArray());
        if (await transaction.ExecuteAsync(InsertUser, [user, hash, sealing, SqlValue.Of(now)], ct) == 0)
        {
            return false;
        }

        await transaction.AddKeyAsync(userGuid, keys.Signing, now, ct);
        await audit.AppendAsync(transaction, new AuditEvent(actor, "user-registered", userGuid.ToString()), ct);
        return true;
    }
}
