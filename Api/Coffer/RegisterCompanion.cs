using Repository.Domain.Coffer;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer;

/// <summary>A companion, and whether it is one since this call.</summary>
internal sealed record RegisteredCompanion(CompanionView View, bool IsNew);

/// <summary>Registers a companion. Of many at once the unique index lets one through; the others find it.</summary>
internal sealed class RegisterCompanion(ClientKey key, DateTimeOffset now, string actor, AuditLog audit) : WriteOperation<RegisteredCompanion>
{
    private static readonly Statement Insert =
        new("INSERT INTO coffer_companions (public_key, registered_date) VALUES ($1, $2) ON CONFLICT (public_key) DO NOTHING");

    // Changes nothing, and holds the row: what is found is not removed before the answer.
    private static readonly Statement Find =
        new("UPDATE coffer_companions SET public_key = public_key WHERE public_key = $1 RETURNING registered_date");

    public override async ValueTask<RegisteredCompanion> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var isNew = false;
        while (true)
        {
            isNew |= await transaction.ExecuteAsync(Insert, [SqlValue.Of(key), SqlValue.Of(now)], ct) == 1;
            if (await transaction.QueryAsync(Find, [SqlValue.Of(key)], ct) is [var row])
            {
                if (isNew)
                {
                    await audit.AppendAsync(transaction, CofferEvents.CompanionChanged(actor, "companion-registered", key), ct);
                }

                return new RegisteredCompanion(new CompanionView(key.ToString(), row.Date(0)), isNew);
            }

            // It was removed between the two statements: then it is to be registered anew.
        }
    }
}

/// <summary>Removes a companion; false when it is none.</summary>
internal sealed class DeleteCompanion(ClientKey key, string actor, AuditLog audit) : WriteOperation<bool>
{
    private static readonly Statement Delete = new("DELETE FROM coffer_companions WHERE public_key = $1");

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (await transaction.ExecuteAsync(Delete, [SqlValue.Of(key)], ct) == 0)
        {
            return false;
        }

        await audit.AppendAsync(transaction, CofferEvents.CompanionChanged(actor, "companion-deleted", key), ct);
        return true;
    }
}
