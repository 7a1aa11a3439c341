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
using Repository.Domain.Machines;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Machines;

/// <summary>Machines that prove themselves with a date that changes at every verify.</summary>
[Route("v1/machines")]
[ServiceTag("Registry")]
internal sealed class MachinesController(Writes writes, AuditLog audit, TimeProvider clock) : ControllerBase
{
    private string Actor => Caller.Of(HttpContext).Actor;

    /// <summary>Registers a machine</summary>
    /// <remarks>
    /// The answer holds the date that the machine presents at its first verify: keep it with the machine's state. A machine that
    /// was found out, or that lost its state, takes a new machine GUID and names the hash it had before.
    /// </remarks>
    [HttpPost]
    [AllowAnonymous]
    [ProducesResponseType<RegisteredMachine>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "machine-exists", "machine-unknown")]
    public Task<Answer> Register([JsonBody] RegisterMachineRequest request, CancellationToken ct)
    {
        var previous = request.PreviousMachineRegisterHash is { } text ? HashIdentifier.Parse(text) : (HashIdentifier?)null;
        var machine = Machine.Register(HashIdentifier.Parse(request.MachineRegisterHash), previous, clock.GetUtcNow());
        return writes.ExecuteAsync(
            HttpContext,
            new RegisterMachine(machine, Actor, audit),
            outcome => outcome switch
            {
                Registration.MachineExists => Answer.Refuse(ApiProblem.MachineExists),
                Registration.PreviousMachineUnknown => Answer.Refuse(ApiProblem.MachineUnknown, "The previous machine is not registered."),
                _ => Answer.Created($"/v1/machines/{machine.MachineRegisterHash}", RegisteredMachine.Of(machine)),
            },
            ct);
    }

    /// <summary>Verifies a machine by its last-accessed date</summary>
    /// <remarks>
    /// Of two copies that hold the same date exactly one gets the next one. The other's refusal carries
    /// <c>"action": "register-new-machine-guid"</c>. A <c>requestId</c> makes a retry after a lost answer safe.
    /// </remarks>
    [HttpPost("{machineRegisterHash}/verify")]
    [AllowAnonymous]
    [ProducesResponseType<VerifiedMachine>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "machine-unknown", "machine-disabled", "machine-date-mismatch")]
    public Task<Answer> Verify(
        [FromRoute] HashIdentifier machineRegisterHash,
        [JsonBody] VerifyMachineRequest request,
        [FromServices] MachineVerifier verifier,
        CancellationToken ct) =>
        verifier.ExecuteAsync(HttpContext, MachineProof.Of(machineRegisterHash, request), Actor, ct);

    /// <summary>Shows a machine</summary>
    /// <remarks>Anyone sees its state and when it was registered; an administrator also sees its date, its predecessor and the mismatch evidence.</remarks>
    [HttpGet("{machineRegisterHash}")]
    [AllowAnonymous]
    [ProducesResponseType<AdministratorsMachineView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "machine-unknown")]
    public async Task<Answer> Get(
        [FromRoute] HashIdentifier machineRegisterHash,
        [FromServices] RepositoryDbContext db,
        CancellationToken ct) =>
        await db.Machines.SingleOrDefaultAsync(machine => machine.MachineRegisterHash == machineRegisterHash, ct) switch
        {
            null => Answer.Refuse(ApiProblem.MachineUnknown),
            var machine when Caller.Of(HttpContext).IsAdministrator => Answer.Ok(AdministratorsMachineView.Of(machine)),
            var machine => Answer.Ok(MachineView.Of(machine)),
        };

    /// <summary>Disables or enables a machine</summary>
    /// <remarks>Enabling clears the mismatch evidence.</remarks>
    [HttpPatch("{machineRegisterHash}")]
    [Authorize(Policies.Administrator)]
    [ProducesResponseType<AdministratorsMachineView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "machine-unknown")]
    public Task<Answer> Update(
        [FromRoute] HashIdentifier machineRegisterHash,
        [JsonBody] UpdateMachineRequest request,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new UpdateMachine(machineRegisterHash, (HashState)request.HashState, Actor, audit),
            machine => machine is null ? Answer.Refuse(ApiProblem.MachineUnknown) : Answer.Ok(AdministratorsMachineView.Of(machine)),
            ct);

    /// <summary>Lists machines in the order of registration</summary>
    /// <param name="hashState">Only those in this state: 0 disabled, 1 enabled.</param>
    /// <param name="mismatched">Only those with mismatch evidence, or only those without.</param>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="list">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [Authorize(Policies.Administrator)]
    [ProducesResponseType<Page<AdministratorsMachineView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public async Task<Answer> List(
        [FromQuery] HashStateFilter? hashState,
        [FromQuery] MismatchedFilter? mismatched,
        [FromQuery] Cursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ListMachines list,
        CancellationToken ct) =>
        Answer.Ok(await list.ExecuteAsync(hashState?.Value, mismatched?.Value, after, limit, ct));
}
