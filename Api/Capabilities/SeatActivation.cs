using System.Text.Json;
using Microsoft.Extensions.Options;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Json;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Capabilities;

namespace Repository.Api.Capabilities;

/// <summary>A machine's seat, and the token by which its program may go on offline.</summary>
public sealed record ActivatedSeat(string CapabilityGuid, string MachineRegisterHash, DateTimeOffset ActivatedDate, string Token);

/// <summary>
/// Activates a capability on a machine and says so in HTTP. The signature and the token are computed before anything is written: the
/// writer waits for nothing but the database.
/// </summary>
internal sealed class SeatActivation(
    SignatureCheck signature,
    ActivationTokens tokens,
    Writes writes,
    SeatClaims claims,
    TimeProvider clock)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, CapabilityFile file, HashIdentifier machine, string actor, CancellationToken ct)
    {
        var found = await signature.ExecuteAsync(file, machine, ct);
        var request = new SeatRequest(file, machine, found.Signature, found.KeyHash);
        var now = clock.GetUtcNow();

        // What the facts decide alone needs no write, unless the answer must be kept for an Idempotency-Key.
        var decided = IdempotencyKey.IsGiven(context.Request) ? null : Activation.Decide(file, found.Facts, found.Signature, now);
        if (decided is not (null or Activation.Held))
        {
            return AnswerTo(decided, request, token: null);
        }

        var token = await tokens.IssueAsync(file, machine, now, ct);
        return decided is not null && found.Facts.KeyIsRecorded
            ? AnswerTo(decided, request, token)
            : await writes.ExecuteAsync(context, claims.Claim(request, actor), outcome => AnswerTo(outcome, request, token), ct);
    }

    private static Answer AnswerTo(Activation outcome, SeatRequest request, string? token) => outcome switch
    {
        Activation.Claimed claimed => Answer.Created(
            $"/v1/capabilities/{request.File.CapabilityGuid}/activations/{request.Machine}",
            Seat(request, claimed.ActivatedDate, token)),
        Activation.Held held => Answer.Ok(Seat(request, held.ActivatedDate, token)),
        Activation.MachineUnknown => Answer.Refuse(ApiProblem.MachineUnknown),
        Activation.MachineDisabled => Answer.Refuse(ApiProblem.MachineDisabled),
        Activation.Invalid invalid => CapabilityRefusals.Invalid(invalid.Reasons),
        Activation.CoolingDown cooling => Answer.RefuseFor(ApiProblem.SeatCoolingDown, cooling.Time),
        _ => Answer.Refuse(ApiProblem.SeatsExhausted),
    };

    private static ActivatedSeat Seat(SeatRequest request, DateTimeOffset activated, string? token) => new(
        request.File.CapabilityGuid.ToString(),
        request.Machine.ToString(),
        activated,
        token ?? throw new InvalidOperationException("A seat is answered with a token."));
}

/// <summary>Makes the writes that claim seats.</summary>
internal sealed class SeatClaims(AuditLog audit, IOptions<CapabilityOptions> options, TimeProvider clock)
{
    public ActivateSeat Claim(SeatRequest request, string actor) => new(request, actor, audit, options.Value, clock);
}

/// <summary>How what is wrong with a capability is told.</summary>
internal static class CapabilityRefusals
{
    /// <summary>422 with every reason.</summary>
    public static Answer Invalid(IReadOnlyList<CapabilityReason> reasons) => Answer.Refuse(ApiProblem.CapabilityInvalid)
        .With("reasons", JsonSerializer.SerializeToNode(reasons, ApiJson.TypeInfo<IReadOnlyList<CapabilityReason>>())!);

    /// <summary>400 because the file and the path name different capabilities.</summary>
    public static Answer OtherCapability() => Answer.Invalid("capabilityGuid", "is not the capability of this file.");
}
