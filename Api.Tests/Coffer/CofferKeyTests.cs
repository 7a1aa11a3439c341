using System.Net;
using System.Text;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Settings;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Coffer;

public abstract class CofferKeyTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task The_pair_of_a_first_start_stays_the_servers()
    {
        var before = await App.CofferAsync(Ct);
        await App.RestartAsync(Ct);

        Assert.Equal(before.GetRawText(), (await App.CofferAsync(Ct)).GetRawText());
        Assert.Matches("^[0-9a-f]{64}$", before.GetProperty("publicKey").GetString());
        Assert.Equal(["publicKey", "version", "dialects"], before.EnumerateObject().Select(member => member.Name));
        Assert.Equal("""["design"]""", before.GetProperty("dialects").GetRawText());
        Assert.Single(await App.AuditAsync("coffer-key-created", Ct));
    }

    [Fact]
    public async Task The_dialects_are_those_that_are_spoken()
    {
        await App.RestartAsync(Ct, ("Coffer:ClassicDialect", "true"));
        Assert.Equal("""["design","classic"]""", (await App.CofferAsync(Ct)).GetProperty("dialects").GetRawText());
        await App.RestartAsync(Ct, ("Coffer:Listen", ""));
        Assert.Equal("[]", (await App.CofferAsync(Ct)).GetProperty("dialects").GetRawText());
    }

    [Fact]
    public async Task The_published_definition_opens_with_the_published_pair_and_gives_the_published_secrets()
    {
        using var folder = new TestFolder();
        var certificate = folder.File("server.cert");
        await File.WriteAllBytesAsync(certificate, await CofferCalls.VectorAsync("server.cert", Ct), Ct);
        await App.RestartAsync(Ct, ("Coffer:CertificateFile", certificate));
        var client = CofferClient.Load(await CofferCalls.VectorAsync("client.cert", Ct));

        using var answer = await App.Administrator.PutDefinitionAsync(await CofferCalls.VectorAsync("coffer.enc", Ct), CofferCalls.Bytes, Ct);

        Assert.Equal("01f812fb4e25fd5b1c237b9d9150faa4b22dae6a9666508f1964780934ca0f5b", (await App.CofferAsync(Ct)).GetProperty("publicKey").GetString());
        await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(
            [KeyValuePair.Create<string, object>("key1", "secret1"), KeyValuePair.Create<string, object>("key2", "secret2")],
            (await App.SecretsOfAsync(client, Ct)).Secrets);

        // The file has done its work: the pair is in the database.
        await App.RestartAsync(Ct, ("Coffer:CertificateFile", ""));
        Assert.Equal(2, (await App.SecretsOfAsync(client, Ct)).Secrets.Count);
        Assert.Single(await App.AuditAsync("coffer-key-imported", Ct));
    }

    [Fact]
    public async Task A_file_with_another_pair_replaces_the_one_of_before_and_the_log_and_the_audit_log_say_so()
    {
        var client = CofferClient.Make();
        await App.DefineAsync(CofferCalls.ShardOf(client, "password = \"zebra\""), Ct);
        var before = await App.ServerKeyAsync(Ct);
        using var folder = new TestFolder();
        var next = CofferClient.Make();
        await File.WriteAllBytesAsync(folder.File("next.cert"), next.Certificate(), Ct);

        await App.RestartAsync(Ct, ("Coffer:CertificateFile", folder.File("next.cert")));
        await App.RestartAsync(Ct);

        Assert.Equal(next.PublicKey, await App.ServerKeyAsync(Ct));
        Assert.Equal("zebra", (await App.SecretsOfAsync(client, Ct))["password"]);
        Assert.Equal(next.Id, Assert.Single(await App.AuditAsync("coffer-key-imported", Ct)).GetProperty("subject").GetString());
        var warning = Assert.Single(App.LogLines, line => line.Contains("was replaced by", StringComparison.Ordinal));
        Assert.Contains(Convert.ToHexStringLower(before), warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_was_changed_stops_the_start()
    {
        await App.StopAsync(Ct);
        Assert.Equal(1, await App.ExecuteSqlAsync("UPDATE coffer_key SET public_key = @p0", Ct, CofferClient.Make().PublicKey));

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => App.StartAsync(Ct));

        Assert.Contains("coffer's pair", refusal.Message, StringComparison.Ordinal);
    }

    public sealed class OnSqlite() : CofferKeyTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : CofferKeyTests(DatabaseProvider.Postgres);
}

public sealed class CertificateFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Damages => ["missing", "empty", "short", "long", "halves", "twice", "names", "noMap", "folder"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_file_that_is_damaged_or_whose_halves_do_not_match_stops_the_start_and_the_setting_is_named(string damage)
    {
        using var folder = new TestFolder();
        var path = damage is "folder" ? folder.File(".") : folder.File("server.cert");
        var whole = await CofferCalls.VectorAsync("server.cert", Ct);
        byte[]? content = damage switch
        {
            "missing" or "folder" => null,
            "empty" => [],
            "short" => whole[..^1],
            "long" => [.. whole, 0],
            "halves" => [.. whole[..^1], (byte)(whole[^1] ^ 0x10)],
            "twice" => [.. whole[..47], .. whole[1..46]],
            "names" => [.. whole[..2], (byte)'q', .. whole[3..]],
            _ => [0x82, .. whole[1..]],
        };
        if (content is not null)
        {
            await File.WriteAllBytesAsync(path, content, Ct);
        }

        var reason = await Refusal.OfAsync(Ct, ("Coffer:CertificateFile", path), ("Coffer:Listen", ""));

        Assert.Contains("Coffer:CertificateFile", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(whole[^32..]), reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_bit_of_a_file_counts()
    {
        var whole = await CofferCalls.VectorAsync("server.cert", Ct);
        Assert.True(Repository.Domain.Coffer.CofferCertificate.TryParse(whole, out var pair));
        pair.Dispose();
        for (var at = 0; at < whole.Length * 8; at++)
        {
            // RFC 7748 clamps five bits of a private key: with either value it is the same key.
            if (at / 8 == 60 && at % 8 < 3 || at / 8 == 91 && at % 8 >= 6)
            {
                continue;
            }

            var changed = whole.ToArray();
            changed[at / 8] ^= (byte)(1 << (at % 8));
            Assert.False(Repository.Domain.Coffer.CofferCertificate.TryParse(changed, out _), $"Bit {at % 8} of byte {at / 8}.");
        }
    }
}
