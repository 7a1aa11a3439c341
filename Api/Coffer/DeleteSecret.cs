using Repository.Domain.Coffer;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer;

/// <summary>Removes one secret of a shard, until a definition or a single change brings it back.</summary>
internal sealed class DeleteSecret(ClientKey shard, string key, string actor, AuditLog audit) : WriteOperation<SecretChange>
{
    private static readonly Statement Delete = new("DELETE FROM coffer_secrets WHERE client_key = $1 AND key = $2");

    public override async ValueTask<SecretChange> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.HoldCofferAsync(ct);
        if (!await transaction.HasShardAsync(shard, ct))
        {
            return new SecretChange.ShardUnknown();
        }

        if (await transaction.ExecuteAsync(Delete, [SqlValue.Of(shard), SqlValue.Of(System.Text.Encoding.UTF8.GetBytes(key))], ct) == 0)
        {
            return new SecretChange.SecretUnknown();
        }

        transaction.EraseWhatIsDeleted();
        var version = await transaction.RaiseShardVersionAsync(shard, ct);
        await audit.AppendAsync(transaction, CofferEvents.SecretChanged(actor, "coffer-secret-deleted", shard, key, version), ct);
        return new SecretChange.Done(version);
    }
}
