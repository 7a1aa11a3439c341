using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;

namespace Repository.Api.Operation;

/// <summary>What an operator looks at.</summary>
[Route("v1/status")]
[ServiceTag("Operation")]
[Authorize(Policies.Administrator)]
internal sealed class StatusController : ControllerBase
{
    /// <summary>Shows versions, counts, the write queue and the database's size</summary>
    [HttpGet]
    [ProducesResponseType<ServerStatus>(StatusCodes.Status200OK)]
    [Refuses]
    public async Task<Answer> Get([FromServices] ReadStatus status, CancellationToken ct) => Answer.Ok(await status.ExecuteAsync(ct));
}
