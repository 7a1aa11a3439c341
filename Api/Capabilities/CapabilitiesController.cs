using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Capabilities;

/// <summary>Licence files that issuers sign: verified here, bound to machines by seats, revoked.</summary>
[Route("v1/capabilities")]
[ServiceTag("Registry")]
internal sealed class CapabilitiesController(Writes writes) : ControllerBase
{
    private Caller Caller => Caller.Of(HttpContext);

    /// <summary>Verifies a capability file</summary>
    /// <remarks>
    /// Changes nothing. <c>reasons</c> lists all that apply, not only the first. With <c>machineHash</c> the machine must also hold a seat.
    /// </remarks>
    /// <param name="machineHash">The machine that the capability is to be used on.</param>
    /// <param name="body">The capability file.</param>
    /// <param name="verify">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpPost("verify")]
    [AllowAnonymous]
    [IgnoresIdempotencyKey]
    [ProducesResponseType<CapabilityVerification>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "capability-malformed")]
    public async Task<Answer> Verify(
        [FromQuery] HashIdentifier? machineHash,
        [JsonBody(DescribedAs = typeof(CapabilityDocument))] JsonBytes body,
        [FromServices] VerifyCapability verify,
        CancellationToken ct) =>
        CapabilityFile.TryParse(body.Bytes.Span, out var file, out var flaw)
            ? Answer.Ok(await verify.ExecuteAsync(file, machineHash, ct))
            : Answer.Refuse(ApiProblem.CapabilityMalformed, flaw);

    /// <summary>Activates a capability on a machine</summary>
    /// <remarks>
    /// Claims a seat; 200 when the machine holds one already. The <c>token</c> is a JWT that a program checks offline against
    /// <c>/.well-known/jwks.json</c>, until its <c>exp</c>.
    /// </remarks>
    [HttpPut("{capabilityGuid}/activations/{machineHash}")]
    [AllowAnonymous]
    [ProducesResponseType<ActivatedSeat>(StatusCodes.Status201Created)]
    [ProducesResponseType<ActivatedSeat>(StatusCodes.Status200OK)]
    [Refuses(
        "validation-failed",
        "capability-malformed",
        "machine-unknown",
        "machine-disabled",
        "capability-invalid",
        "seats-exhausted",
        "seat-cooling-down")]
    public async Task<Answer> Activate(
        [FromRoute] CapabilityGuid capabilityGuid,
        [FromRoute] HashIdentifier machineHash,
        [JsonBody(DescribedAs = typeof(CapabilityDocument))] JsonBytes body,
        [FromServices] SeatActivation activation,
        CancellationToken ct) =>
        CapabilityFile.TryParse(body.Bytes.Span, out var file, out var flaw) switch
        {
            false => await writes.RefuseAsync(HttpContext, Answer.Refuse(ApiProblem.CapabilityMalformed, flaw), ct),
            true when file!.CapabilityGuid != capabilityGuid => CapabilityRefusals.OtherCapability(),
            _ => await activation.ExecuteAsync(HttpContext, file!, machineHash, Caller.Actor, ct),
        };

    /// <summary>Releases a machine's seat</summary>
    /// <remarks>
    /// With the file as body anyone who holds it may; without, the issuer's session and administrators. The seat stays closed to other
    /// machines for <c>Capabilities:SeatCooldown</c>. Also 204 when the seat is free already.
    /// </remarks>
    [HttpDelete("{capabilityGuid}/activations/{machineHash}")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "capability-malformed", "capability-invalid", "forbidden")]
    public Task<Answer> Release(
        [FromRoute] CapabilityGuid capabilityGuid,
        [FromRoute] HashIdentifier machineHash,
        [JsonBody(DescribedAs = typeof(CapabilityDocument), IsOptional = true)] JsonBytes body,
        [FromServices] SeatRelease release,
        CancellationToken ct) =>
        release.ExecuteAsync(HttpContext, new SeatKey(capabilityGuid, machineHash), body, ct);

    /// <summary>Shows a capability</summary>
    /// <remarks>Known from its first activation or revocation on; <c>limit</c> is null until a file of it was seen.</remarks>
    [HttpGet("{capabilityGuid:except(verify)}")]
    [AllowAnonymous]
    [ProducesResponseType<CapabilityView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "capability-unknown")]
    public async Task<Answer> Get([FromRoute] CapabilityGuid capabilityGuid, [FromServices] Database database, CancellationToken ct) =>
        await database.FindCapabilityAsync(capabilityGuid, ct) is { } capability
            ? Answer.Ok(capability)
            : Answer.Refuse(ApiProblem.CapabilityUnknown);

    /// <summary>Lists the machines that hold a seat, in the order of activation</summary>
    /// <param name="capabilityGuid">The capability.</param>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="list">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet("{capabilityGuid}/activations")]
    [Authorize(Policies.User)]
    [ProducesResponseType<Page<SeatView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "capability-unknown")]
    public Task<Answer> ListSeats(
        [FromRoute] CapabilityGuid capabilityGuid,
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ListSeats list,
        CancellationToken ct) =>
        list.ExecuteAsync(capabilityGuid, Caller, after, limit, ct);

    /// <summary>Revokes a capability</summary>
    /// <remarks>
    /// Send its file, or <c>{"issuerGuid": …}</c> where that is not at hand. Effective at the next request; it counts only for files of that
    /// issuer. Revoking again changes nothing.
    /// </remarks>
    [HttpPost("{capabilityGuid}/revocation")]
    [Authorize(Policies.User)]
    [ProducesResponseType<CapabilityView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "capability-malformed")]
    public Task<Answer> Revoke(
        [FromRoute] CapabilityGuid capabilityGuid,
        [JsonBody(DescribedAs = typeof(RevokeCapabilityRequest))] JsonBytes body,
        [FromServices] CapabilityRevocation revocation,
        CancellationToken ct) =>
        revocation.ExecuteAsync(HttpContext, capabilityGuid, body, ct);
}
