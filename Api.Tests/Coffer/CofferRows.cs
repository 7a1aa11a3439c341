using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

/// <summary>Puts shards into the database of a running server, with values of which a test knows the type and every bit.</summary>
internal static class CofferRows
{
    private static readonly Statement Raise = new("UPDATE coffer SET version = version + 1 WHERE id = 1 RETURNING version");
    private static readonly Statement DeleteSecrets = new("DELETE FROM coffer_secrets WHERE client_key = $1");
    private static readonly Statement DeleteShard = new("DELETE FROM coffer_shards WHERE client_key = $1");
    private static readonly Statement InsertShard = new("INSERT INTO coffer_shards (client_key, name, version) VALUES ($1, $2, $3)");
    private static readonly Statement InsertLicence = new("INSERT INTO coffer_licences (client_key, software_guid) VALUES ($1, $2)");

    private static readonly Statement InsertSecret = new(
        "INSERT INTO coffer_secrets (client_key, key, type, sealed_value, changed_date) VALUES ($1, $2, $3, $4, $5)");

    /// <summary>Puts a shard in place of the one that a client has.</summary>
    public static Task PutShardAsync(this RepositoryApp app, ClientKey client, CancellationToken ct, params (string Key, SecretValue Value)[] secrets)
    {
        var seal = app.Services.GetRequiredService<SecretSeal>();
        var rows = secrets.Select(secret => new Secret(secret.Key, secret.Value)).Select(secret => (secret, Sealed: seal.Seal(client, secret))).ToList();
        return WriteAsync(
            app,
            async transaction =>
            {
                await RemoveAsync(transaction, client, ct);
                var version = (await transaction.QueryAsync(Raise, [], ct))[0].Number(0);
                await transaction.ExecuteAsync(InsertShard, [SqlValue.Of(client), SqlValue.Of("a shard"u8.ToArray()), SqlValue.Of(version)], ct);
                foreach (var (secret, sealedValue) in rows)
                {
                    SqlValue[] values =
                    [
                        SqlValue.Of(client),
                        SqlValue.Of(Encoding.UTF8.GetBytes(secret.Key)),
                        SqlValue.Of((long)secret.Value.Type),
                        SqlValue.Of(sealedValue),
                        SqlValue.Of(app.Clock.GetUtcNow()),
                    ];
                    await transaction.ExecuteAsync(InsertSecret, values, ct);
                }
            },
            ct);
    }

    public static Task RemoveShardAsync(this RepositoryApp app, ClientKey client, CancellationToken ct) =>
        WriteAsync(app, transaction => RemoveAsync(transaction, client, ct), ct);

    /// <summary>Binds a shard to a licence.</summary>
    public static Task BindShardAsync(this RepositoryApp app, ClientKey client, CancellationToken ct) => WriteAsync(
        app,
        async transaction => await transaction.ExecuteAsync(InsertLicence, [SqlValue.Of(client), SqlValue.Of(new byte[32])], ct),
        ct);

    private static async ValueTask RemoveAsync(WriteTransaction transaction, ClientKey client, CancellationToken ct)
    {
        await transaction.ExecuteAsync(DeleteSecrets, [SqlValue.Of(client)], ct);
        await transaction.ExecuteAsync(DeleteShard, [SqlValue.Of(client)], ct);
    }

    private static async Task WriteAsync(RepositoryApp app, Func<WriteTransaction, ValueTask> write, CancellationToken ct)
    {
        var operation = new TestWrite<bool>(async (transaction, _) =>
        {
            await write(transaction);
            return true;
        });
        await app.Services.GetRequiredService<IWriteQueue>().ExecuteAsync(operation, ct);
    }
}
