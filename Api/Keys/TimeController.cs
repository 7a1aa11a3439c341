using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.OpenApi;

namespace Repository.Api.Keys;

/// <summary>The time that tokens go by.</summary>
[Route("v1/time")]
[ServiceTag("Tokens")]
[AllowAnonymous]
internal sealed class TimeController : ControllerBase
{
    /// <summary>Tells the time, signed</summary>
    /// <remarks>A program that keeps <c>token</c> can show, offline, what time it was when it asked. A nonce shows that the answer is its own.</remarks>
    /// <param name="nonce">What the answer is to repeat: at most 128 characters.</param>
    /// <param name="tokens">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<TimeView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public async Task<Answer> Get([FromQuery] Nonce? nonce, [FromServices] TimeTokens tokens, CancellationToken ct) =>
        Answer.Ok(await tokens.IssueAsync(nonce, ct));
}
