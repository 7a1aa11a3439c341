using Repository.Domain.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>
/// What every change of the coffer does: it holds the one row of the coffer first, so that changes of several nodes follow each other, and
/// gives the coffer its next version.
/// </summary>
internal static class CofferChanges
{
    private static readonly Statement Hold = new("UPDATE coffer SET version = version WHERE id = 1");

    private static readonly Statement Raise = new("UPDATE coffer SET version = version + 1 WHERE id = 1 RETURNING version");

    private static readonly Statement SetVersion = new("UPDATE coffer_shards SET version = $1 WHERE client_key = $2");

    private static readonly Statement FindShard = new("SELECT 1 FROM coffer_shards WHERE client_key = $1");

    extension(WriteTransaction transaction)
    {
        /// <summary>Waits until no other change is under way. What is read from here on is what all of them have left.</summary>
        public async ValueTask HoldCofferAsync(CancellationToken ct) => await transaction.ExecuteAsync(Hold, [], ct);

        /// <returns>The coffer's next version, which nobody sees before the change.</returns>
        public async ValueTask<long> RaiseCofferVersionAsync(CancellationToken ct) => (await transaction.QueryAsync(Raise, [], ct))[0].Number(0);

        /// <summary>Gives the coffer and one shard of it their next version.</summary>
        public async ValueTask<long> RaiseShardVersionAsync(ClientKey client, CancellationToken ct)
        {
            var version = await transaction.RaiseCofferVersionAsync(ct);
            await transaction.ExecuteAsync(SetVersion, [SqlValue.Of(version), SqlValue.Of(client)], ct);
            return version;
        }

        public async ValueTask<bool> HasShardAsync(ClientKey client, CancellationToken ct) =>
            await transaction.QueryAsync(FindShard, [SqlValue.Of(client)], ct) is [_, ..];
    }
}
