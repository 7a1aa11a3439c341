using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Requests;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Audit;

/// <summary>The hash-chained log of every change.</summary>
[Route("v1/audit")]
[ServiceTag("Operation")]
[Authorize(Policies.Administrator)]
internal sealed class AuditController : ControllerBase
{
    /// <summary>Lists the audit log, oldest first</summary>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="db">The database.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<Page<AuditEntryView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public async Task<Answer> List(
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] RepositoryDbContext db,
        CancellationToken ct)
    {
        var position = after?.Position ?? 0;
        return Answer.Ok(await db.Audit
            .Where(entry => entry.Sequence > position)
            .OrderBy(entry => entry.Sequence)
            .ToPageAsync(limit, static entry => entry.Sequence, AuditEntryView.Of, ct));
    }

    /// <summary>Shows the end of the audit log and whether the chain holds</summary>
    /// <remarks>
    /// Checks the newest entries (<c>Audit:CheckedEntries</c>) at each call; <c>intact</c> is false also when the background check,
    /// which walks the whole log, has found an older entry changed, removed or moved, and when the log no longer holds an entry that this node,
    /// or one that is connected to it, has signed.
    /// </remarks>
    [HttpGet("head")]
    [ProducesResponseType<AuditHeadView>(StatusCodes.Status200OK)]
    public async Task<Answer> Head([FromServices] ReadAuditHead readHead, CancellationToken ct) => Answer.Ok(await readHead.ExecuteAsync(ct));
}
