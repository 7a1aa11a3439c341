using Repository.Domain.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>Who may upload definitions.</summary>
internal sealed class Companions(Database database)
{
    private static readonly Statement Select = new("SELECT 1 FROM coffer_companions WHERE public_key = $1");

    // Changes nothing: a companion that is removed at the same moment has uploaded before, or not at all.
    private static readonly Statement Hold = new("UPDATE coffer_companions SET public_key = public_key WHERE public_key = $1");

    public async ValueTask<bool> ContainsAsync(ClientKey key, CancellationToken ct) =>
        await database.QueryAsync(Select, [SqlValue.Of(key)], ct) is [_, ..];

    /// <summary>Whether it is one, until the transaction ends.</summary>
    public static async ValueTask<bool> HoldAsync(WriteTransaction transaction, ClientKey key, CancellationToken ct) =>
        await transaction.ExecuteAsync(Hold, [SqlValue.Of(key)], ct) == 1;
}
