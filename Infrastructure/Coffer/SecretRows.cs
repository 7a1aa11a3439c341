using System.Globalization;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>A secret, sealed for its row before the write that stores it.</summary>
internal sealed record SealedSecret(ClientKey Client, byte[] Key, SecretType Type, byte[] SealedValue)
{
    public static SealedSecret Of(ClientKey client, Secret secret, SecretSeal seal) =>
        new(client, System.Text.Encoding.UTF8.GetBytes(secret.Key), secret.Value.Type, seal.Seal(client, secret));
}

/// <summary>The rows of secrets.</summary>
internal static class SecretRows
{
    /// <summary>How many one statement inserts: a definition of thousands takes tens of round trips.</summary>
    private const int RowsPerStatement = 40;

    private const int Columns = 5;

    private const string Insert = "INSERT INTO coffer_secrets (client_key, key, type, sealed_value, changed_date) VALUES ";

    private static readonly Statement InsertMany = new(Insert + string.Join(", ", Enumerable.Range(0, RowsPerStatement).Select(ValuesOf)));

    private static readonly Statement InsertOne = new(Insert + ValuesOf(0));

    private static readonly Statement Upsert = new(
        Insert + ValuesOf(0) + """
         ON CONFLICT (client_key, key) DO UPDATE SET type = excluded.type, sealed_value = excluded.sealed_value, changed_date = excluded.changed_date
        """);

    /// <summary>Inserts secrets of which there are none yet.</summary>
    public static async ValueTask InsertAsync(WriteTransaction transaction, IReadOnlyList<SealedSecret> secrets, DateTimeOffset now, CancellationToken ct)
    {
        var whole = secrets.Count - (secrets.Count % RowsPerStatement);
        for (var i = 0; i < whole; i += RowsPerStatement)
        {
            SqlValue[] values = [.. secrets.Skip(i).Take(RowsPerStatement).SelectMany(secret => ValuesOf(secret, now))];
            await transaction.ExecuteAsync(InsertMany, values, ct);
        }

        foreach (var secret in secrets.Skip(whole))
        {
            await transaction.ExecuteAsync(InsertOne, ValuesOf(secret, now), ct);
        }
    }

    /// <summary>Inserts a secret, or puts it in the place of the one of this key.</summary>
    public static async ValueTask UpsertAsync(WriteTransaction transaction, SealedSecret secret, DateTimeOffset now, CancellationToken ct) =>
        await transaction.ExecuteAsync(Upsert, ValuesOf(secret, now), ct);

    private static SqlValue[] ValuesOf(SealedSecret secret, DateTimeOffset now) =>
        [SqlValue.Of(secret.Client), SqlValue.Of(secret.Key), SqlValue.Of((long)secret.Type), SqlValue.Of(secret.SealedValue), SqlValue.Of(now)];

    private static string ValuesOf(int row) =>
        "(" + string.Join(", ", Enumerable.Range((row * Columns) + 1, Columns).Select(number => string.Create(CultureInfo.InvariantCulture, $"${number}"))) + ")";
}
