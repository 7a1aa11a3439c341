using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Machines;

public abstract class MisspelledVerifiesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task A_date_in_another_spelling_is_no_step_and_no_evidence()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        string[] others =
        [
            date[..26] + "Z",
            date[..27] + "0Z",
            date[..19] + "Z",
            date[..27],
            date[..27] + "z",
            date[..27] + "+00:00",
            date[..27] + "-00:00",
            date.Replace('T', 't'),
            date.Replace('T', ' '),
            date.Replace('.', ','),
            " " + date,
            date + " ",
            date + "\\n",
            date + "\\u0000",
            date + date,
            "+" + date,
            "2026-11-20T24:00:00.0000000Z",
            "2026-11-21T19:60:00.0000000Z",
            "2026-11-21T19:18:60.0000000Z",
            "2025-02-29T00:00:00.0000000Z",
            "2026-13-01T00:00:00.0000000Z",
            "2026-11-31T00:00:00.0000000Z",
            "0000-01-01T00:00:00.0000000Z",
            "Sat, 21 Nov 2026 19:19:00 GMT",
            "1795288740",
            "\uff12" + date[1..], // A full-width two.
            "",
        ];

        foreach (var other in others)
        {
            using var answer = await App.PostVerifyAsync(hash, other, Ct);

            await answer.InvalidAsync(Ct, "lastAccessedDate");
        }

        await NothingHappenedAsync(hash, date);
    }

    [Fact]
    public async Task A_leap_day_of_a_leap_year_is_a_date_like_any_other()
    {
        var (hash, _) = await App.RegisterAsync(Ct);

        using var answer = await App.PostVerifyAsync(hash, "2024-02-29T00:00:00.0000000Z", Ct);

        await answer.RefusedAsync(HttpStatusCode.Conflict, "machine-date-mismatch", Ct);
    }

    [Fact]
    public async Task A_malformed_request_id_is_no_step_and_no_evidence()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        string[] malformed =
        [
            Convert.ToBase64String(new byte[15]),
            Convert.ToBase64String(new byte[17]),
            Convert.ToBase64String(new byte[18]),
            "-_-_-_-_-_-_-_-_-_-_-A==", // base64url
            "-_-_-_-_-_-_-_-_-_-_-A",
            "AAAAAAAAAAAAAAAAAAAAAA", // without padding
            "AAAAAAAAAAAAAAAAAAAAAA=",
            "AAAAAAAAAAAAAAAAAAAAAA===",
            " AAAAAAAAAAAAAAAAAAAAAA==",
            "AAAAAAAAAAAAAAAAAAAAAA== ",
            "AAAAAAAAAAA AAAAAAAAAAA==",
            "AAAAAAAAAAA\\nAAAAAAAAAAA==",
            "AAAAAAAAAAAAAAAAAAAAAB==", // stray bits
            "AAAAAAAAAAAAAAAAAAAAAP==",
            "AAAAAAAAAAAAAAAAAAAAA\u00c4==",
            "0123456789abcdef0123456789abcdef",
            "",
        ];

        foreach (var requestId in malformed)
        {
            using var right = await App.PostVerifyAsync(hash, date, Ct, requestId);
            await right.InvalidAsync(Ct, "requestId");
            using var wrong = await App.PostVerifyAsync(hash, "2020-01-01T00:00:00.0000000Z", Ct, requestId);
            await wrong.InvalidAsync(Ct, "requestId");
        }

        await NothingHappenedAsync(hash, date);
    }

    [Fact]
    public async Task A_request_id_of_null_is_none()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        var path = $"/v1/machines/{hash}/verify";

        using var answer = await RepositoryApp.SendAsync(
            App.Anonymous,
            HttpMethod.Post,
            path,
            $$"""{"lastAccessedDate":"{{date}}","requestId":null}""",
            Ct);

        await answer.IsAsync(HttpStatusCode.OK, Ct);
    }

    [Fact]
    public async Task A_verify_without_a_date_is_refused()
    {
        var (hash, date) = await App.RegisterAsync(Ct);
        foreach (var json in (string[])["{}", """{"lastAccessedDate":null}""", """{"lastAccessedDate":1}"""])
        {
            using var answer = await RepositoryApp.SendAsync(App.Anonymous, HttpMethod.Post, $"/v1/machines/{hash}/verify", json, Ct);

            await answer.InvalidAsync(Ct, "lastAccessedDate");
        }

        await NothingHappenedAsync(hash, date);
    }

    private async Task NothingHappenedAsync(string hash, string date)
    {
        var machine = await App.MachineAsync(hash, Ct);
        Assert.Equal(0, machine.GetProperty("mismatchCount").GetInt32());
        Assert.Equal("null", machine.GetProperty("lastMismatchDate").GetRawText());
        Assert.Empty(await App.AuditAsync("machine-date-mismatch", Ct));
        await App.VerifyAsync(hash, date, Ct);
    }

    public sealed class OnSqlite() : MisspelledVerifiesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : MisspelledVerifiesTests(DatabaseProvider.Postgres);
}
