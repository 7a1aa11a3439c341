using System.Text.Json;
using FluentValidation;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer;

/// <param name="Type">string, integer, float, boolean or date.</param>
/// <param name="Value">A value of this type: a string; a number without fraction and exponent, of 64 bits, signed; a number that is finite as a double; true or false; an RFC 3339 date-time with its offset, as a string.</param>
public sealed record SetSecretRequest(string Type, JsonElement Value);

internal sealed class SetSecretRequestValidator : AbstractValidator<SetSecretRequest>
{
    public SetSecretRequestValidator()
    {
        RuleFor(request => request.Type)
            .Must(static type => SecretTypes.TryParse(type, out _))
            .WithMessage("must be string, integer, float, boolean or date.");
        RuleFor(request => request.Value)
            .Must(static (request, value) => !SecretTypes.TryParse(request.Type, out var type) || SecretJson.TryRead(type, value, out _))
            .WithMessage("must be a value of the type: see the description of the call.");
    }
}

/// <summary>What became of a single change.</summary>
internal abstract record SecretChange
{
    private SecretChange()
    {
    }

    public sealed record Done(long Version) : SecretChange;

    public sealed record ShardUnknown : SecretChange;

    public sealed record SecretUnknown : SecretChange;
}

/// <summary>Sets one secret of a shard, without a new definition.</summary>
internal sealed class SetSecret(SealedSecret secret, string key, string actor, AuditLog audit, TimeProvider clock) : WriteOperation<SecretChange>
{
    public override async ValueTask<SecretChange> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.HoldCofferAsync(ct);
        if (!await transaction.HasShardAsync(secret.Client, ct))
        {
            return new SecretChange.ShardUnknown();
        }

        await SecretRows.UpsertAsync(transaction, secret, clock.GetUtcNow(), ct);
        transaction.EraseWhatIsDeleted();
        var version = await transaction.RaiseShardVersionAsync(secret.Client, ct);
        await audit.AppendAsync(transaction, CofferEvents.SecretChanged(actor, "coffer-secret-set", secret.Client, key, version), ct);
        return new SecretChange.Done(version);
    }
}
