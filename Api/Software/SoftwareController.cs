using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Software;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Software;

/// <summary>The software that issuers license.</summary>
[Route("v1/software")]
[ServiceTag("Registry")]
internal sealed class SoftwareController(Writes writes, AuditLog audit) : ControllerBase
{
    private Caller Caller => Caller.Of(HttpContext);

    /// <summary>Creates a software</summary>
    /// <remarks>
    /// By its issuer, or an administrator. The guid is global and stays with its issuer: after a deletion the issuer may create the software
    /// again, which then has a new entity tag, and for anyone else the guid is taken for ever.
    /// </remarks>
    [HttpPost]
    [Authorize(Policies.User)]
    [ServesETag]
    [ProducesResponseType<SoftwareView>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "user-unknown", "software-exists")]
    public Task<Answer> Create([JsonBody] CreateSoftwareRequest request, CancellationToken ct)
    {
        var software = SoftwareProduct.Create(
            HashIdentifier.Parse(request.SoftwareGuid),
            HashIdentifier.Parse(request.IssuerGuid),
            request.Name,
            request.Description,
            request.Version);
        return !Caller.MayActAs(software.IssuerGuid)
            ? writes.RefuseAsync(HttpContext, Answer.Refuse(ApiProblem.Forbidden), ct)
            : writes.ExecuteAsync(
                HttpContext,
                new CreateSoftware(software, Caller.Actor, audit),
                static outcome => outcome switch
                {
                    Creation.Done(var created) => Answer.Created(
                        $"/v1/software/{created.SoftwareGuid}",
                        SoftwareView.Of(created),
                        SoftwareView.ETagOf(created)),
                    Creation.IssuerUnknown => Answer.Refuse(ApiProblem.UserUnknown, "The issuer is not registered."),
                    _ => Answer.Refuse(ApiProblem.SoftwareExists),
                },
                ct);
    }

    /// <summary>Changes a software</summary>
    /// <remarks>By its issuer, or an administrator. A description that is left out is removed.</remarks>
    /// <param name="softwareGuid">The software.</param>
    /// <param name="ifMatch">Changes it only if its entity tag is one of these, or, with <c>*</c>, whatever it is.</param>
    /// <param name="request">All that can be changed.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpPut("{softwareGuid}")]
    [Authorize(Policies.User)]
    [ServesETag]
    [ProducesResponseType<SoftwareView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "software-unknown", "precondition-failed")]
    public Task<Answer> Update(
        [FromRoute] HashIdentifier softwareGuid,
        [FromHeader(Name = IfMatch.Header)] IfMatch? ifMatch,
        [JsonBody] UpdateSoftwareRequest request,
        CancellationToken ct) =>
        ChangeAsync(
            new UpdateSoftware(new ChangeTarget(softwareGuid, Caller, ifMatch), request, audit),
            static software => Answer.Ok(SoftwareView.Of(software), SoftwareView.ETagOf(software)),
            ct);

    /// <summary>Deletes a software</summary>
    /// <remarks>By its issuer, or an administrator. Its guid stays with its issuer.</remarks>
    /// <param name="softwareGuid">The software.</param>
    /// <param name="ifMatch">Deletes it only if its entity tag is one of these, or, with <c>*</c>, whatever it is.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpDelete("{softwareGuid}")]
    [Authorize(Policies.User)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "software-unknown", "precondition-failed")]
    public Task<Answer> Delete(
        [FromRoute] HashIdentifier softwareGuid,
        [FromHeader(Name = IfMatch.Header)] IfMatch? ifMatch,
        CancellationToken ct) =>
        ChangeAsync(
            new DeleteSoftware(new ChangeTarget(softwareGuid, Caller, ifMatch), audit),
            static _ => Answer.NoContent(),
            ct);

    /// <summary>Shows a software</summary>
    [HttpGet("{softwareGuid}")]
    [AllowAnonymous]
    [ServesETag]
    [ProducesResponseType<SoftwareView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "software-unknown")]
    public async Task<Answer> Get([FromRoute] HashIdentifier softwareGuid, [FromServices] RepositoryDbContext db, CancellationToken ct) =>
        await db.Software.SingleOrDefaultAsync(software => software.SoftwareGuid == softwareGuid && !software.IsDeleted, ct) is { } found
            ? Answer.Ok(SoftwareView.Of(found), SoftwareView.ETagOf(found))
            : Answer.Refuse(ApiProblem.SoftwareUnknown);

    /// <summary>Lists software in the order of creation</summary>
    /// <remarks>What was deleted is left out; what was created again stands where it stood before.</remarks>
    /// <param name="issuerGuid">Only what this issuer licenses.</param>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="list">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [AllowAnonymous]
    [ProducesResponseType<Page<SoftwareView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public async Task<Answer> List(
        [FromQuery] HashIdentifier? issuerGuid,
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ListSoftware list,
        CancellationToken ct) =>
        Answer.Ok(await list.ExecuteAsync(issuerGuid, after, limit, ct));

    private Task<Answer> ChangeAsync(ChangeSoftware change, Func<SoftwareProduct, Answer> done, CancellationToken ct) => writes.ExecuteAsync(
        HttpContext,
        change,
        outcome => outcome switch
        {
            Change.Done(var software) => done(software),
            Change.NotOfCaller => Answer.Refuse(ApiProblem.Forbidden),
            Change.PreconditionFailed => Answer.Refuse(ApiProblem.PreconditionFailed),
            _ => Answer.Refuse(ApiProblem.SoftwareUnknown),
        },
        ct);
}
