using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Sessions;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Sessions;

public abstract class SweepingSessionsTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task What_is_spent_or_revoked_stays_so_an_hour_longer_than_it_would_count()
    {
        var began = App.Clock.GetUtcNow();
        var (_, session) = await App.OpenSessionAsync(Ct);
        using var revoked = await App.As(session).PostTokenAsync("revoke", session.Token, Ct);

        await SweepAtAsync(began + TimeSpan.FromSeconds(60) + TimeSpan.FromHours(1) - Tick);
        Assert.Equal((1, 1), (await CountAsync("spent_challenges"), await CountAsync("revoked_tokens")));
        await SweepAtAsync(began + TimeSpan.FromSeconds(60) + TimeSpan.FromHours(1));
        Assert.Equal((0, 1), (await CountAsync("spent_challenges"), await CountAsync("revoked_tokens")));
        await SweepAtAsync(session.ExpiresDate + TimeSpan.FromHours(1) - Tick);
        Assert.Equal(1, await CountAsync("revoked_tokens"));
        await SweepAtAsync(session.ExpiresDate + TimeSpan.FromHours(1));
        Assert.Equal(0, await CountAsync("revoked_tokens"));
    }

    [Fact]
    public async Task A_session_is_forgotten_a_day_after_its_end()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);

        await SweepAtAsync(session.ExpiresDate + TimeSpan.FromDays(1) - Tick);
        using var known = await App.Administrator.DeleteAsync($"{SessionCalls.Path}/{session.SessionId}", Ct);
        await SweepAtAsync(session.ExpiresDate + TimeSpan.FromDays(1));
        using var unknown = await App.Administrator.DeleteAsync($"{SessionCalls.Path}/{session.SessionId}", Ct);

        Assert.Equal(HttpStatusCode.NoContent, known.StatusCode);
        await unknown.RefusedAsync(HttpStatusCode.NotFound, "session-unknown", Ct);
    }

    [Fact]
    public async Task A_round_removes_many_in_several_writes_and_leaves_what_goes_on()
    {
        var (_, session) = await App.OpenSessionAsync(Ct);
        for (var i = 0; i < 1_001; i++)
        {
            await App.ExecuteSqlAsync("INSERT INTO revoked_tokens (token_id_hash, expires_date) VALUES (@p0, 1)", Ct, BitConverter.GetBytes(i));
        }

        await App.Services.GetRequiredService<SessionSweeper>().RunOnceAsync(Ct);

        Assert.Equal(0, await CountAsync("revoked_tokens"));
        Assert.True(await App.IsCredentialAsync(session.Token, Ct));
    }

    private async Task SweepAtAsync(DateTimeOffset date)
    {
        App.Clock.Advance(date - App.Clock.GetUtcNow());
        await App.Services.GetRequiredService<SessionSweeper>().RunOnceAsync(Ct);
    }

    private async Task<int> CountAsync(string table) =>
        Convert.ToInt32(await App.ScalarSqlAsync($"SELECT COUNT(*) FROM {table}", Ct), CultureInfo.InvariantCulture);

    public sealed class OnSqlite() : SweepingSessionsTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : SweepingSessionsTests(DatabaseProvider.Postgres);
}
