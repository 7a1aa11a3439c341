using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Software;

public abstract class ListingSoftwareTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task Parts_follow_each_other_in_the_order_of_creation_for_all_and_for_one_issuer()
    {
        var (one, other) = (await App.NewIssuerAsync(Ct), await App.NewIssuerAsync(Ct));
        var guids = new List<string>();
        foreach (var issuer in (string[])[one, other, other, one, one, other, one])
        {
            guids.Add(await App.CreateSoftwareAsync(issuer, Ct));
        }

        Assert.Equal(guids, await PagedAsync(""));
        Assert.Equal([guids[0], guids[3], guids[4], guids[6]], await PagedAsync($"issuerGuid={one}&"));
        Assert.Equal([guids[1], guids[2], guids[5]], await PagedAsync($"issuerGuid={other}&"));
        Assert.Empty(await PagedAsync($"issuerGuid={SoftwareCalls.NewGuid()}&"));
    }

    [Fact]
    public async Task An_item_is_what_reading_it_shows()
    {
        var guid = await App.CreateSoftwareAsync(await App.NewIssuerAsync(Ct), Ct);

        var page = await PageAsync("");

        Assert.Equal(
            $$"""{"items":[{{(await App.SoftwareAsync(guid, Ct)).Software.GetRawText()}}],"next":null}""",
            page.GetRawText());
    }

    [Fact]
    public async Task An_empty_list_is_an_empty_part() => Assert.Equal("""{"items":[],"next":null}""", (await PageAsync("")).GetRawText());

    [Fact]
    public async Task What_is_deleted_is_left_out_and_what_came_back_stands_where_it_stood()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var guids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            guids.Add(await App.CreateSoftwareAsync(issuer, Ct));
        }

        using var deleted = await App.Administrator.DeleteSoftwareAsync(guids[1], Ct);
        using var changed = await App.Administrator.PutSoftwareAsync(guids[0], SoftwareCalls.Content("Changed"), Ct);

        Assert.Equal([guids[0], guids[2], guids[3]], await PagedAsync(""));
        Assert.Equal([guids[0], guids[2], guids[3]], await PagedAsync($"issuerGuid={issuer}&"));
        using var back = await App.PostSoftwareAsync(issuer, guids[1], Ct);
        Assert.Equal(guids, await PagedAsync(""));
    }

    [Fact]
    public async Task A_cursor_goes_on_after_its_software_was_deleted()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        var (first, second, third) = (
            await App.CreateSoftwareAsync(issuer, Ct),
            await App.CreateSoftwareAsync(issuer, Ct),
            await App.CreateSoftwareAsync(issuer, Ct));
        var page = await PageAsync("?limit=1");
        using var deletedFirst = await App.Administrator.DeleteSoftwareAsync(first, Ct);
        using var deletedSecond = await App.Administrator.DeleteSoftwareAsync(second, Ct);

        var rest = await PageAsync($"?after={page.GetProperty("next").GetString()}");

        Assert.Equal([third], GuidsOf(rest));
    }

    [Fact]
    public async Task A_bad_parameter_is_refused_by_name()
    {
        var issuer = SoftwareCalls.NewGuid();
        foreach (var (query, name) in ((string, string)[])
            [("limit=0", "limit"), ("limit=201", "limit"), ("after=x", "after"), ("issuerGuid=", "issuerGuid"), ("issuerGuid=x", "issuerGuid"),
             ($"issuerGuid={issuer}&issuerGuid={issuer}", "issuerGuid")])
        {
            using var refused = await App.Anonymous.GetAsync($"/v1/software?{query}", Ct);
            await refused.InvalidAsync(Ct, name);
        }
    }

    [Fact]
    public async Task The_status_counts_what_is_there()
    {
        var issuer = await App.NewIssuerAsync(Ct);
        await App.CreateSoftwareAsync(issuer, Ct);
        using var deleted = await App.Administrator.DeleteSoftwareAsync(await App.CreateSoftwareAsync(issuer, Ct), Ct);

        using var status = await App.Administrator.GetAsync("/v1/status", Ct);

        Assert.Equal(1, (await status.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("counts").GetProperty("software").GetInt64());
    }

    private static IEnumerable<string> GuidsOf(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(software => software.GetProperty("softwareGuid").GetString()!);

    private async Task<JsonElement> PageAsync(string query)
    {
        using var answer = await App.Anonymous.GetAsync("/v1/software" + query, Ct);
        Assert.Null(answer.HeaderOf("ETag"));
        return await answer.IsAsync(HttpStatusCode.OK, Ct);
    }

    /// <summary>All guids, read in parts of two.</summary>
    private async Task<List<string>> PagedAsync(string filter)
    {
        var guids = new List<string>();
        for (var after = ""; ;)
        {
            var page = await PageAsync($"?{filter}limit=2{after}");
            guids.AddRange(GuidsOf(page));
            if (page.GetProperty("next").GetString() is not { } next)
            {
                return guids;
            }

            after = $"&after={next}";
        }
    }

    public sealed class OnSqlite() : ListingSoftwareTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ListingSoftwareTests(DatabaseProvider.Postgres);
}
