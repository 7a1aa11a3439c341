using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Callers;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>
/// Deletes a resource with its login tokens and window keys; false when the caller has none of this guid. Of the row its guid, owner and
/// date are left.
/// </summary>
/// <remarks>
/// Nobody can fetch a key of a pair any more that one side of is deleted. So those that are pinned go too, whoever pinned them, as either
/// owner may retire them; those that are not end with their retention.
/// </remarks>
internal sealed class DeleteResource(HashIdentifier resourceGuid, Caller caller, AuditLog audit) : WriteOperation<bool>
{
    private static readonly Statement GiveBackPins = new(
        """
        UPDATE resources SET pinned_windows = pinned_windows -
            (SELECT COUNT(*) FROM window_keys
             WHERE (first_guid = $1 OR second_guid = $1) AND pinned_date IS NOT NULL AND pinned_by_guid = resources.resource_guid)
        WHERE resource_guid IN
            (SELECT pinned_by_guid FROM window_keys WHERE (first_guid = $1 OR second_guid = $1) AND pinned_date IS NOT NULL)
        """);

    private static readonly Statement DeleteOwnKeys = new("DELETE FROM window_keys WHERE first_guid = $1 AND second_guid = $1");

    private static readonly Statement DeletePinnedKeys = new(
        "DELETE FROM window_keys WHERE (first_guid = $1 OR second_guid = $1) AND pinned_date IS NOT NULL");

    private static readonly Statement DeleteLoginTokens = new("DELETE FROM login_tokens WHERE resource_guid = $1");

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (await FindAsync(transaction, ct) is not { } resource)
        {
            return false;
        }

        foreach (var statement in (Statement[])[GiveBackPins, DeleteOwnKeys, DeletePinnedKeys, DeleteLoginTokens])
        {
            await transaction.ExecuteAsync(statement, [SqlValue.Of(resourceGuid)], ct);
        }

        transaction.EraseWhatIsDeleted();
        await audit.AppendAsync(transaction, ResourceAudit.Entry(caller.Actor, "resource-deleted", resource), ct);
        return true;
    }

    /// <summary>Marks the row deleted, and with it keeps everybody out who would give it a key or a token.</summary>
    private async Task<Resource?> FindAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var deleted = await transaction.Db.Resources.OfCaller(caller, resourceGuid).ExecuteUpdateAsync(
            row => row
                .SetProperty(resource => resource.IsDeleted, true)
                .SetProperty(resource => resource.Name, string.Empty)
                .SetProperty(resource => resource.AllowedPeers, AllowedPeers.Own.Json),
            ct);
        return deleted == 0 ? null : await transaction.Db.Resources.SingleAsync(row => row.ResourceGuid == resourceGuid, ct);
    }
}
