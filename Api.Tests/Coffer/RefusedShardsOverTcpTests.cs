using System.Net;
using Npgsql;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;
using static Repository.Api.Tests.Coffer.CofferTcpClient;

namespace Repository.Api.Tests.Coffer;

/// <summary>Shards that are not given over TCP, though the frames are right.</summary>
public abstract class RefusedShardsOverTcpTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private readonly CofferClient _key = CofferClient.Make();

    protected override (string Name, string Value)[] Settings => [("Coffer:ClassicDialect", "true")];

    [Fact]
    public async Task An_unknown_key_is_told_so_in_the_design_dialect_and_closed_in_the_classic()
    {
        using var design = await ConnectAsync(App, Ct);
        using var classic = await ConnectAsync(App, Ct);

        await design.SendAsync(Ct, Design(Hello, _key.PublicKey));
        await classic.SendAsync(Ct, Classic(Hello, _key.PublicKey));

        var (type, body) = await design.ReadDesignAsync(Ct);
        Assert.Equal((KeyNotFound, Convert.ToHexStringLower(_key.PublicKey)), (type, Convert.ToHexStringLower(body)));
        await design.IsClosedAsync(Ct);
        await classic.IsClosedAsync(Ct);
    }

    [Fact]
    public async Task A_shard_that_takes_a_licence_is_not_given()
    {
        await DefineAsync("a = \"bound\"");
        using var bound = await App.PutLicenceAsync(_key, new string('a', 64), Ct);
        await bound.IsAsync(HttpStatusCode.OK, Ct);
        using var design = await ConnectAsync(App, Ct);
        using var classic = await ConnectAsync(App, Ct);

        await design.SendAsync(Ct, Design(Hello, _key.PublicKey), Design(Get));
        await classic.SendAsync(Ct, Classic(Hello, _key.PublicKey), Classic(Get));

        await design.IsLinkedAsync(Ct);
        Assert.Contains("licence", await design.IsRefusedAsync(Ct), StringComparison.Ordinal);
        await classic.IsClosedAsync(Ct);
    }

    [Fact]
    public async Task A_shard_fills_a_frame_to_its_last_byte_and_is_refused_beyond()
    {
        const int designMost = 65_535 - 40 - 17; // 17, and 15: what of the list is not the text's own bytes.
        const int classicMost = 65_535 - 48 - 15;
        foreach (var length in (int[])[classicMost, classicMost + 1, designMost, designMost + 1, 200_000])
        {
            await DefineAsync($"a = \"{new string('x', length)}\"");
            await AssertDesignAsync(length, length <= designMost);
            await AssertClassicAsync(length, length <= classicMost);
        }
    }

    private async Task AssertDesignAsync(int length, bool fits)
    {
        using var client = await ConnectAsync(App, Ct);
        await client.SendAsync(Ct, Design(Hello, _key.PublicKey), Design(Get));
        await client.IsLinkedAsync(Ct);
        if (fits)
        {
            Assert.Equal(length, (await client.ReadSecretsAsync(_key, Ct)).Count(static letter => letter == 'x'));
        }
        else
        {
            Assert.Contains("too large", await client.IsRefusedAsync(Ct), StringComparison.Ordinal);
        }
    }

    private async Task AssertClassicAsync(int length, bool fits)
    {
        using var client = await ConnectAsync(App, Ct);
        await client.SendAsync(Ct, Classic(Hello, _key.PublicKey), Classic(Get));
        if (fits)
        {
            Assert.Equal(length, (await client.ReadClassicSecretsAsync(_key, Ct)).Count(static letter => letter == 'x'));
        }
        else
        {
            await client.IsClosedAsync(Ct);
        }
    }

    private Task<long> DefineAsync(string secrets) => App.DefineAsync(CofferCalls.ShardOf(_key, secrets), Ct);

    public sealed class OnSqlite() : RefusedShardsOverTcpTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : RefusedShardsOverTcpTests(DatabaseProvider.Postgres)
    {
        [Fact]
        public async Task A_database_that_is_gone_is_told_in_the_design_dialect_and_closed_in_the_classic()
        {
            using var design = await ConnectAsync(App, Ct);
            using var classic = await ConnectAsync(App, Ct);
            await DropDatabaseAsync();

            await design.SendAsync(Ct, Design(Hello, new byte[32]));
            await classic.SendAsync(Ct, Classic(Hello, new byte[32]));

            Assert.Contains("Try again", await design.IsRefusedAsync(Ct), StringComparison.Ordinal);
            await classic.IsClosedAsync(Ct);
        }

        private async Task DropDatabaseAsync()
        {
            var settings = new NpgsqlConnectionStringBuilder(App.ConnectionString);
            var name = settings.Database;
            settings.Database = "postgres";
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is a number of ours.
            command.CommandText = $"DROP DATABASE {name} WITH (FORCE)";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Ct);
        }
    }
}
