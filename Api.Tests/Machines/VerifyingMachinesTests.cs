using System.Net;
using System.Text.RegularExpressions;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Machines;

public abstract partial class VerifyingMachinesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_machine_is_registered_verified_and_its_copy_is_found_out()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        var second = await App.VerifyAsync(hash, first, Ct);

        using var copy = await App.PostVerifyAsync(hash, first, Ct);

        Assert.Equal(HttpStatusCode.Conflict, copy.StatusCode);
        Assert.Equal("machine-date-mismatch", await RepositoryApp.CodeOf(copy, Ct));
        Assert.Equal("register-new-machine-guid", (await RepositoryApp.JsonOf(copy, Ct)).GetProperty("action").GetString());
        Assert.NotEqual(second, await App.VerifyAsync(hash, second, Ct));
    }

    [Fact]
    public async Task An_unknown_machine_is_told_to_register_anew()
    {
        using var answer = await App.PostVerifyAsync(MachineCalls.NewHash(), "2026-11-21T19:19:00.1234567Z", Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("machine-unknown", await RepositoryApp.CodeOf(answer, Ct));
        Assert.Equal("register-new-machine-guid", (await RepositoryApp.JsonOf(answer, Ct)).GetProperty("action").GetString());
    }

    [Fact]
    public async Task A_disabled_machine_is_refused_and_its_wrong_date_is_no_evidence()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        using var disabled = await App.PatchMachineAsync(hash, 0, Ct);

        using var right = await App.PostVerifyAsync(hash, date, Ct);
        using var wrong = await App.PostVerifyAsync(hash, "2020-01-01T00:00:00.0000000Z", Ct);

        Assert.Equal(HttpStatusCode.Forbidden, right.StatusCode);
        Assert.Equal("machine-disabled", await RepositoryApp.CodeOf(right, Ct));
        Assert.Equal("register-new-machine-guid", (await RepositoryApp.JsonOf(right, Ct)).GetProperty("action").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Equal(0, (await App.MachineAsync(hash, Ct)).GetProperty("mismatchCount").GetInt32());
    }

    [Fact]
    public async Task Of_fifty_verifies_of_one_date_at_once_exactly_one_wins()
    {
        var (hash, date) = await App.RegisterAsync(Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => App.PostVerifyAsync(hash, date, Ct)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(49, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        var machine = await App.MachineAsync(hash, Ct);
        Assert.Equal(49, machine.GetProperty("mismatchCount").GetInt32());
        Assert.Equal(await MachineCalls.DateOf(winner, Ct), machine.GetProperty("lastAccessedDate").GetString());
    }

    [Fact]
    public async Task A_thousand_verifies_in_a_row_give_a_thousand_increasing_dates_although_the_clock_stands_still()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        var dates = new List<string> { date };
        for (var i = 0; i < 1000; i++)
        {
            date = await App.VerifyAsync(hash, date, Ct);
            dates.Add(date);
        }

        Assert.Equal(dates.Order(StringComparer.Ordinal), dates);
        Assert.Equal(dates.Count, dates.Distinct(StringComparer.Ordinal).Count());
        Assert.All(dates, text => Assert.Matches(Spelling(), text));

        // A thousand fractions that could be guessed would share digits; random ones do so seldom.
        Assert.True(dates.Select(text => text[^8..]).Distinct(StringComparer.Ordinal).Count() > 990);
    }

    [Fact]
    public async Task Dates_increase_when_the_clock_is_turned_back()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        App.Clock.Advance(TimeSpan.FromHours(-1));

        var second = await App.VerifyAsync(hash, first, Ct);

        Assert.True(string.CompareOrdinal(second, first) > 0);
    }

    [Fact]
    public async Task The_date_follows_the_clock()
    {
        var (hash, first) = await App.RegisterAsync(Ct);
        App.Clock.Advance(TimeSpan.FromDays(30));

        var second = await App.VerifyAsync(hash, first, Ct);

        Assert.StartsWith("2026-12-21T19:19:00.", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_calendar_is_a_mismatch_like_any_other()
    {
        var (hash, _) = await App.RegisterAsync(Ct);

        using var answer = await App.PostVerifyAsync(hash, "9999-12-31T23:59:59.9999999Z", Ct);

        Assert.Equal("machine-date-mismatch", await RepositoryApp.CodeOf(answer, Ct));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spelling();

    public sealed class OnSqlite() : VerifyingMachinesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : VerifyingMachinesTests(DatabaseProvider.Postgres);
}
