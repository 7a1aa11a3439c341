using System.Globalization;
using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

public sealed class StrictTimecodesTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    [Theory]
    [InlineData("\"1795288740\"")]
    [InlineData("1795288740.5")]
    [InlineData("1795288740.0")]
    [InlineData("1.79528874e9")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("100000000000000000000000000000")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task A_timecode_is_a_whole_number_of_64_bits(string timecode)
    {
        var resource = await App.NewResourceAsync(Ct);
        foreach (var call in (string[])["machine-token", "jwt"])
        {
            using var refused = await RepositoryApp.SendAsync(
                resource.Instance,
                HttpMethod.Post,
                $"/v1/resources/{resource.Guid}/{call}",
                $$"""{"timecode":{{timecode}}}""",
                Ct);
            await refused.InvalidAsync(Ct, "timecode");
        }
    }

    [Theory]
    [InlineData(-1, "not negative")]
    [InlineData(long.MinValue, "not negative")]
    [InlineData(100_000_000_001, "milliseconds")]
    [InlineData(WindowCalls.Now * 1_000, "milliseconds")]
    [InlineData(WindowCalls.Now * 1_000_000, "milliseconds")]
    [InlineData(long.MaxValue, "milliseconds")]
    [InlineData(100_000_000_000, "next window")]
    [InlineData(999_999_999, "minutes")]
    [InlineData(WindowCalls.Now / 60, "minutes")]
    [InlineData(0, "minutes")]
    [InlineData(WindowCalls.Start + 1800, "next window")]
    [Shows("timecode-invalid")]
    public async Task One_that_cannot_be_meant_is_refused_by_its_likely_cause(long timecode, string cause)
    {
        var resource = await App.NewResourceAsync(Ct);

        var detail = await resource.RefusedAsync(HttpStatusCode.BadRequest, "timecode-invalid", timecode, Ct);
        using var jwt = await RepositoryApp.SendAsync(
            resource.Instance,
            HttpMethod.Post,
            $"/v1/resources/{resource.Guid}/jwt",
            string.Create(CultureInfo.InvariantCulture, $$"""{"timecode":{{timecode}}}"""),
            Ct);

        Assert.Contains(cause, detail, StringComparison.Ordinal);
        Assert.Equal(detail, (await jwt.RefusedAsync(HttpStatusCode.BadRequest, "timecode-invalid", Ct)).GetProperty("detail").GetString());
        Assert.Equal(0, await App.CountKeysAsync(Ct));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_000_000_001)]
    [InlineData(WindowCalls.Start + 1800)]
    public async Task Also_with_a_pin(long timecode)
    {
        var resource = await App.NewResourceAsync(Ct);

        await resource.RefusedAsync(HttpStatusCode.BadRequest, "timecode-invalid", timecode, Ct, pin: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(899)]
    [InlineData(999_999_999)]
    [InlineData(1_000_000_000)]
    [InlineData(WindowCalls.Start + 1799)]
    public async Task With_a_pin_the_earliest_and_the_latest_can_be_used(long timecode)
    {
        var resource = await App.NewResourceAsync(Ct);

        using var answer = await resource.PostTokenAsync(timecode, Ct, pin: true);

        Assert.True((await answer.IsAsync(HttpStatusCode.OK, Ct)).GetProperty("pinned").GetBoolean());
    }

    [Fact]
    public async Task The_next_window_opens_with_this_one_and_the_one_after_it_with_the_next()
    {
        var resource = await App.NewResourceAsync(Ct);
        App.Clock.Advance(TimeSpan.FromSeconds(WindowCalls.Start + 899 - WindowCalls.Now));
        await resource.RefusedAsync(HttpStatusCode.BadRequest, "timecode-invalid", WindowCalls.Start + 1800, Ct);
        var next = await resource.KeyAsync(WindowCalls.Start + 1799, Ct);

        App.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(next, await resource.KeyAsync(null, Ct));
        await resource.KeyAsync(WindowCalls.Start + 1800, Ct);
        await resource.RefusedAsync(HttpStatusCode.BadRequest, "timecode-invalid", WindowCalls.Start + 2700, Ct);
    }

    [Theory]
    [InlineData("""{"peer":"x"}""", "peer")]
    [InlineData("""{"peer":1}""", "peer")]
    [InlineData("""{"pin":"true"}""", "pin")]
    [InlineData("""{"pin":1}""", "pin")]
    [InlineData("""{"sealTo":1}""", "sealTo")]
    [InlineData("""{"timeCode":1795288740}""", "timeCode")]
    public async Task What_cannot_be_read_is_refused_by_member(string json, string member)
    {
        var resource = await App.NewResourceAsync(Ct);

        using var refused = await resource.PostTokenAsync(json, Ct);

        await refused.InvalidAsync(Ct, member);
    }
}
