using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

/// <summary>Who steals the database, or reads what the server says or logs, learns no value.</summary>
public abstract class CofferAtRestTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string Text = "zebra crossing 7291";
    private const string Single = "left-handed teapot";
    private const long Number = 0x1122334455667788;
    private const double Fraction = 0.729172917291;

    [Fact]
    public async Task No_value_is_in_the_database_the_log_the_metadata_or_an_answer()
    {
        var (client, companion) = (CofferClient.Make(), CofferClient.Make());
        App.Hide(Text);
        App.Hide(Single);
        App.Hide("1234605616436508552");
        var toml = CofferCalls.ShardOf(client, $"text = \"{Text}\"\nnumber = {Number}\nfraction = {Fraction}\n");
        await App.RegisterCompanionAsync(companion, Ct);
        using var boxed = await App.Anonymous.PutDefinitionAsync(companion.Box(Encoding.UTF8.GetBytes(toml), await App.ServerKeyAsync(Ct)), CofferCalls.Bytes, Ct);
        await boxed.IsAsync(HttpStatusCode.OK, Ct);
        using var keyed = await App.Administrator.PutDefinitionAsync(Encoding.UTF8.GetBytes(toml), CofferCalls.Toml, Ct, ("Idempotency-Key", "one"));
        await keyed.IsAsync(HttpStatusCode.OK, Ct);
        using var invalid = await App.PutTomlAsync(toml + toml, Ct);
        using var set = await App.PutSecretAsync(client, "single", $$"""{"type":"string","value":"{{Single}}"}""", Ct);
        using var refused = await App.PutSecretAsync(client, "single", $$"""{"type":"integer","value":"{{Single}}"}""", Ct);
        using var shards = await App.Administrator.GetAsync("/v1/coffer/shards", Ct);
        using var audit = await App.Administrator.GetAsync("/v1/audit", Ct);
        Assert.Equal(Single, (await App.SecretsOfAsync(client, Ct))["single"]);

        foreach (var answer in (HttpResponseMessage[])[boxed, keyed, invalid, set, refused, shards, audit])
        {
            var body = await answer.Content.ReadAsStringAsync(Ct);
            Assert.All([Text, Single, "1234605616436508552", "7291729"], secret => Assert.DoesNotContain(secret, body, StringComparison.Ordinal));
        }

        var pieces = await DumpAsync();
        Assert.Contains(pieces, piece => piece.AsSpan().IndexOf("coffer-defined"u8) >= 0); // The search itself works.
        var privateKey = App.Services.GetService(typeof(Repository.Infrastructure.Coffer.CofferKey)) as Repository.Infrastructure.Coffer.CofferKey;
        Assert.All(
            [
                Encoding.UTF8.GetBytes(Text),
                Encoding.UTF8.GetBytes(Single),
                Convert.FromHexString("1122334455667788"),
                BitConverter.GetBytes(Number),
                BitConverter.GetBytes(Fraction),
                BitConverter.GetBytes(Fraction).Reverse().ToArray(),
                privateKey!.Pair.Bytes.ToArray(),
            ],
            secret => Assert.All(pieces, piece =>
            {
                Assert.Equal(-1, piece.AsSpan().IndexOf(secret));
                Assert.Equal(-1, piece.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret))));
            }));
    }

    [Fact]
    public async Task A_value_that_was_moved_to_another_row_does_not_open()
    {
        var (client, other) = (CofferClient.Make(), CofferClient.Make());
        await App.DefineAsync(CofferCalls.ShardOf(client, "a = \"zebra\"\nb = \"okapi\"") + CofferCalls.ShardOf(other, "a = \"gnu\"", "other"), Ct);
        await App.ExecuteSqlAsync(
            "UPDATE coffer_secrets SET sealed_value = (SELECT s.sealed_value FROM coffer_secrets s WHERE s.client_key = @p0 AND s.key = @p1) WHERE client_key = @p2",
            Ct,
            client.PublicKey,
            "a"u8.ToArray(),
            other.PublicKey);
        using var moved = await App.AskAsync(other, Ct);

        await moved.RefusedAsync(HttpStatusCode.InternalServerError, "internal-error", Ct);
        Assert.Equal("zebra", (await App.SecretsOfAsync(client, Ct))["a"]);
    }

    private protected abstract Task<List<byte[]>> DumpAsync();

    public sealed class OnSqlite() : CofferAtRestTests(DatabaseProvider.Sqlite)
    {
        private protected override async Task<List<byte[]>> DumpAsync()
        {
            SqliteConnection.ClearAllPools();
            var files = new List<byte[]>();
            foreach (var name in (string[])["repository.db", "repository.db-wal"])
            {
                await using var file = new FileStream(Path.Combine(App.DataDirectory, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var content = new MemoryStream();
                await file.CopyToAsync(content, Ct);
                files.Add(content.ToArray());
            }

            return files;
        }
    }

    public sealed class OnPostgres() : CofferAtRestTests(DatabaseProvider.Postgres)
    {
        private protected override async Task<List<byte[]>> DumpAsync()
        {
            await using var connection = new NpgsqlConnection(App.ConnectionString);
            await connection.OpenAsync(Ct);
            var rows = new List<byte[]>();
            foreach (var table in (string[])["audit", "coffer", "coffer_key", "coffer_shards", "coffer_secrets", "coffer_definitions", "coffer_requests", "idempotency"])
            {
#pragma warning disable CA2100 // Names of our own tables.
                await using var command = new NpgsqlCommand($"SELECT t::text FROM {table} t", connection);
#pragma warning restore CA2100
                await using var reader = await command.ExecuteReaderAsync(Ct);
                while (await reader.ReadAsync(Ct))
                {
                    rows.Add(Encoding.UTF8.GetBytes(reader.GetString(0)));
                }
            }

            return rows;
        }
    }
}
