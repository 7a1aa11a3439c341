using System.Net;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;

namespace Repository.Api.Tests.Conventions;

/// <summary>Bodies that are promised and do not come.</summary>
public sealed class SlowBodiesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [Shows("request-timeout")]
    [InlineData("")]
    [InlineData("{\"machineRegisterHash\":")]
    public async Task A_body_that_is_not_whole_after_half_a_minute_is_refused(string begun)
    {
        var sending = RawHttp.SendAsync(
            shared.App,
            "POST /v1/machines",
            ["Content-Type: application/json", "Content-Length: 1000"],
            System.Text.Encoding.ASCII.GetBytes(begun),
            Ct);
        while (!sending.IsCompleted)
        {
            Ct.ThrowIfCancellationRequested();
            shared.App.Clock.Advance(TimeSpan.FromSeconds(31)); // The request is on its way: its timer is set at some time.
            await Task.Yield();
        }

        using var answer = await sending;
        await answer.RefusedAsync(HttpStatusCode.RequestTimeout, "request-timeout", Ct);
        await shared.App.RegisterAsync(Ct);
    }
}
