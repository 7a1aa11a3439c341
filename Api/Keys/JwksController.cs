using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.OpenApi;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Keys;

/// <summary>The keys by which anyone checks this deployment's tokens, offline.</summary>
[Route(".well-known/jwks.json")]
[ServiceTag("Tokens")]
[AllowAnonymous]
internal sealed class JwksController : ControllerBase
{
    private const int MaxAgeSeconds = 60;

    /// <summary>Shows the keys that sign tokens</summary>
    /// <remarks>
    /// A key is listed before it signs and for 31 days after its last use, so whoever keeps the list no longer than
    /// <c>Cache-Control</c> says, and reads it again on a <c>kid</c> that it does not know, can check every token.
    /// </remarks>
    [HttpGet]
    [HttpHead]
    [ProducesResponseType<JsonWebKeySetView>(StatusCodes.Status200OK)]
    [Refuses]
    public async Task<Answer> Get([FromServices] SigningKeyRing ring, [FromServices] SigningKeySchedule schedule, CancellationToken ct)
    {
        var keys = await ring.ReadAsync(ct);

        // A list that is kept for half the lead is gone before the newest key of a later one signs.
        var seconds = Math.Min(MaxAgeSeconds, (int)(schedule.Lead / 2).TotalSeconds);
        Response.Headers.CacheControl = seconds > 0 ? $"public, max-age={seconds}" : "no-cache";
        return Answer.Ok(JsonWebKeySetView.Of(keys));
    }
}
