using System.Net;
using System.Security.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Keys;

/// <summary>An intruder who can write the database and has no master key.</summary>
public abstract class TamperedSigningKeysTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Theory]
    [InlineData("UPDATE signing_keys SET sealed_private_key = (SELECT sealed_private_key FROM signing_keys WHERE sequence = 3) WHERE sequence = 2", 2)]
    [InlineData("UPDATE signing_keys SET spki = (SELECT spki FROM signing_keys WHERE sequence = 3) WHERE sequence = 2", 2)]
    [InlineData("UPDATE signing_keys SET spki = (SELECT spki FROM signing_keys WHERE sequence = 3) WHERE sequence = 1", 1)]
    [InlineData("UPDATE signing_keys SET active_date = active_date + 1 WHERE sequence = 3", 3)]
    [InlineData("UPDATE signing_keys SET active_date = 9000000000000000000 WHERE sequence = 3", 3)]
    [InlineData("UPDATE signing_keys SET sequence = 4 WHERE sequence = 3", 4)]
    [InlineData("UPDATE signing_keys SET sealed_private_key = spki WHERE sequence = 3", 3)]
    [InlineData("UPDATE signing_keys SET sealed_private_key = (SELECT sealed_private_key FROM signing_keys WHERE sequence = 1) WHERE sequence = 2", 2)]
    public async Task A_row_that_was_changed_or_moved_stops_the_start_and_is_not_replaced(string change, int row)
    {
        await MakeThreeAsync();
        await App.StopAsync(Ct);
        Assert.Equal(1, await App.ExecuteSqlAsync(change, Ct));

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => App.StartAsync(Ct));

        Assert.StartsWith($"Row {row} of signing_keys does not open", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM signing_keys", Ct));
    }

    [Fact]
    public async Task A_sealed_key_with_a_flipped_bit_stops_the_start()
    {
        await App.StopAsync(Ct);
        var box = (byte[])(await App.ScalarSqlAsync("SELECT sealed_private_key FROM signing_keys", Ct))!;
        box[^1] ^= 1;
        await App.ExecuteSqlAsync("UPDATE signing_keys SET sealed_private_key = @p0", Ct, box);

        await Assert.ThrowsAsync<StartRefusedException>(() => App.StartAsync(Ct));
    }

    [Fact]
    public async Task Without_the_newest_keys_the_start_is_refused()
    {
        await MakeThreeAsync();
        await App.StopAsync(Ct);
        await App.ExecuteSqlAsync("DELETE FROM signing_keys WHERE sequence > 1", Ct);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => App.StartAsync(Ct));

        Assert.Contains("rows of signing_keys are missing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_inserted_is_never_published()
    {
        using var mine = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await App.ExecuteSqlAsync(
            """
            INSERT INTO signing_keys (sequence, spki, sealed_private_key, active_date)
            SELECT 2, @p0, sealed_private_key, active_date + 1 FROM signing_keys
            """,
            Ct,
            mine.ExportSubjectPublicKeyInfo());
        App.Clock.Advance(TimeSpan.FromMinutes(1));

        using var answer = await App.Anonymous.GetAsync(SigningCalls.Jwks, Ct);

        await answer.RefusedAsync(HttpStatusCode.InternalServerError, "internal-error", Ct);
        Assert.Contains(App.LogLines, line => line.Contains("Row 2 of signing_keys does not open", StringComparison.Ordinal));
    }

    /// <summary>One key that retired, one that signs, one that will.</summary>
    private async Task MakeThreeAsync()
    {
        App.Clock.Advance(TimeSpan.FromDays(31));
        await App.SignAsync(Ct);
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        await App.SignAsync(Ct); // The first key's private key is gone.
        App.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(3, (await App.KidsAsync(Ct)).Count);
    }

    public sealed class OnSqlite() : TamperedSigningKeysTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : TamperedSigningKeysTests(DatabaseProvider.Postgres);
}
