using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Resources;

/// <summary>The windows that are kept until their owner retires them.</summary>
[Route("v1/resources/{resourceGuid}/timecodes")]
[ServiceTag("Tokens")]
[Authorize(Policies.User)]
internal sealed class TimecodesController : ControllerBase
{
    private Caller Caller => Caller.Of(HttpContext);

    /// <summary>Lists a resource's pinned windows, in the order of pinning</summary>
    /// <remarks>Those of pairs too, whichever side pinned them.</remarks>
    /// <param name="resourceGuid">The resource.</param>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="list">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<Page<TimecodeView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "resource-unknown")]
    public Task<Answer> List(
        [FromRoute] HashIdentifier resourceGuid,
        [FromQuery] TimecodeCursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ListTimecodes list,
        CancellationToken ct) =>
        list.ExecuteAsync(resourceGuid, Caller, after, limit, ct);

    /// <summary>Retires a pinned window</summary>
    /// <remarks>Its key is destroyed for good: it is never made again, and what was sealed with it cannot be opened any more.</remarks>
    /// <param name="resourceGuid">The resource; of a pair either side, by its owner.</param>
    /// <param name="windowStart">The window's first second.</param>
    /// <param name="peer">The other side of a pair.</param>
    /// <param name="writes">The operation.</param>
    /// <param name="audit">Where it is recorded.</param>
    /// <param name="clock">The time.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpDelete("{windowStart}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "resource-unknown", "timecode-unknown")]
    public Task<Answer> Retire(
        [FromRoute] HashIdentifier resourceGuid,
        [FromRoute] WindowStart windowStart,
        [FromQuery] HashIdentifier? peer,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        [FromServices] TimeProvider clock,
        CancellationToken ct) =>
        peer == resourceGuid
            ? Task.FromResult(Answer.Invalid("peer", "must be another resource."))
            : writes.ExecuteAsync(
                HttpContext,
                new RetireTimecode(resourceGuid, Window.At(resourceGuid, peer, windowStart.Seconds), Caller, audit, clock),
                static outcome => outcome switch
                {
                    Retirement.Done => Answer.NoContent(),
                    Retirement.TimecodeUnknown => Answer.Refuse(ApiProblem.TimecodeUnknown),
                    _ => Answer.Refuse(ApiProblem.ResourceUnknown),
                },
                ct);
}
