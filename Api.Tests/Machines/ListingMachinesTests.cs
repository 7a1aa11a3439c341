using System.Net;
using System.Text.Json;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Machines;

public abstract class ListingMachinesTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    [Fact]
    public async Task Parts_follow_each_other_in_the_order_of_registration_through_every_filter()
    {
        var hashes = await RegisterAsync(9);
        foreach (var disabled in (int[])[1, 4, 5, 7])
        {
            using var patched = await App.PatchMachineAsync(hashes[disabled], 0, Ct);
        }

        foreach (var mismatched in (int[])[0, 2, 3, 8])
        {
            using var refused = await App.PostVerifyAsync(hashes[mismatched], "2020-01-01T00:00:00.0000000Z", Ct);
        }

        using var patchedToo = await App.PatchMachineAsync(hashes[3], 0, Ct);

        Assert.Equal(hashes, await PagedAsync(""));
        Assert.Equal(Of(hashes, 1, 3, 4, 5, 7), await PagedAsync("hashState=0&"));
        Assert.Equal(Of(hashes, 0, 2, 6, 8), await PagedAsync("hashState=1&"));
        Assert.Equal(Of(hashes, 0, 2, 3, 8), await PagedAsync("mismatched=true&"));
        Assert.Equal(Of(hashes, 1, 4, 5, 6, 7), await PagedAsync("mismatched=false&"));
        Assert.Equal(Of(hashes, 3), await PagedAsync("hashState=0&mismatched=true&"));
        Assert.Equal(Of(hashes, 6), await PagedAsync("mismatched=false&hashState=1&"));
    }

    [Fact]
    public async Task A_part_holds_fifty_unless_told_otherwise_and_at_the_most_two_hundred()
    {
        await RegisterAsync(51);

        Assert.Equal(50, (await PageAsync("")).GetProperty("items").GetArrayLength());
        Assert.Equal(51, (await PageAsync("?limit=200")).GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await PageAsync("?limit=1")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_last_part_says_that_it_is_even_when_it_is_full()
    {
        await RegisterAsync(3);

        Assert.Equal(JsonValueKind.String, (await PageAsync("?limit=2")).GetProperty("next").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await PageAsync("?limit=3")).GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task An_empty_list_is_an_empty_part()
    {
        var page = await PageAsync("");

        Assert.Equal("""{"items":[],"next":null}""", page.GetRawText());
    }

    [Fact]
    public async Task Machines_registered_between_two_parts_come_after_them()
    {
        var before = await RegisterAsync(4);
        var first = await PageAsync("?limit=3");
        var after = await RegisterAsync(2);

        var rest = await PageAsync($"?after={first.GetProperty("next").GetString()}");

        Assert.Equal([before[3], .. after], HashesOf(rest));
    }

    [Fact]
    public async Task A_bad_parameter_is_refused_by_name_and_never_clamped()
    {
        await RegisterAsync(3);
        var next = (await PageAsync("?limit=1")).GetProperty("next").GetString()!;
        string[] limits = ["0", "201", "-1", "+1", "abc", "1.5", "1e1", "", "%20", "1%20", "05", "5%00", "0x5", "99999999999999999999", "%D9%A5"];
        string[] cursors = ["", "abc", "0", "%20" + next, next + "=", next + next, next[..^1], next[..^1] + "!", next[..^1] + "B", "__________8"];
        string[] states = ["", "2", "-1", "01", "true", "enabled", "1%20", "1.0"];
        string[] flags = ["", "True", "1", "yes", "true%20", "TRUE"];

        await AllRefusedAsync("limit", limits);
        await AllRefusedAsync("after", cursors);
        await AllRefusedAsync("hashState", states);
        await AllRefusedAsync("mismatched", flags);
        await RefusedAsync("limit=1&limit=1", "limit");
        await RefusedAsync($"after={next}&after={next}", "after");
        await RefusedAsync("hashState=1&hashState=0", "hashState");
        await RefusedAsync("mismatched=true&mismatched=true", "mismatched");
    }

    [Fact]
    public async Task Only_an_administrator_lists()
    {
        using var answer = await App.Anonymous.GetAsync("/v1/machines", Ct);

        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthenticated", Ct);
    }

    private static string[] Of(string[] hashes, params int[] at) => [.. at.Select(index => hashes[index])];

    private static IEnumerable<string?> HashesOf(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(machine => machine.GetProperty("machineRegisterHash").GetString());

    private async Task<string[]> RegisterAsync(int count)
    {
        var hashes = new string[count];
        for (var i = 0; i < count; i++)
        {
            (hashes[i], _) = await App.RegisterAsync(Ct);
        }

        return hashes;
    }

    private async Task<JsonElement> PageAsync(string query)
    {
        using var answer = await App.Administrator.GetAsync("/v1/machines" + query, Ct);
        var page = await answer.IsAsync(HttpStatusCode.OK, Ct);
        Assert.Equal(["items", "next"], Answers.MembersOf(page));
        return page;
    }

    /// <summary>All hashes, read in parts of two.</summary>
    private async Task<List<string>> PagedAsync(string filter)
    {
        var hashes = new List<string>();
        string? after = null;
        do
        {
            var page = await PageAsync($"?{filter}limit=2" + (after is null ? "" : $"&after={after}"));
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 2);
            hashes.AddRange(HashesOf(page)!);
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        return hashes;
    }

    private async Task AllRefusedAsync(string name, string[] values)
    {
        foreach (var value in values)
        {
            await RefusedAsync($"{name}={value}", name);
        }
    }

    private async Task RefusedAsync(string query, string name)
    {
        using var answer = await App.Administrator.GetAsync($"/v1/machines?{query}", Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"?{query} is {answer.StatusCode}.");
        await answer.InvalidAsync(Ct, name);
    }

    public sealed class OnSqlite() : ListingMachinesTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgres() : ListingMachinesTests(DatabaseProvider.Postgres);
}
