using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Capabilities;

namespace Repository.Api.Capabilities;

/// <summary>
/// Releases a seat and says so in HTTP. Who shows the file may, whatever has become of the capability since, if only its signature is the
/// issuer's; without the file, the issuer and administrators.
/// </summary>
internal sealed class SeatRelease(SignatureCheck signature, Writes writes, AuditLog audit, TimeProvider clock)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, SeatKey seat, JsonBytes body, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        if (!body.IsNone)
        {
            return await FindFlawAsync(seat, body, ct) is { } refusal
                ? await writes.RefuseAsync(context, refusal, ct)
                : await ReleaseAsync(context, seat, issuer: null, ct);
        }

        return caller switch
        {
            { IsAdministrator: true } => await ReleaseAsync(context, seat, issuer: null, ct),
            { UserGuid: { } issuer } => await ReleaseAsync(context, seat, issuer, ct),
            _ => AuthorizationProblems.Challenge(context),
        };
    }

    private async ValueTask<Answer?> FindFlawAsync(SeatKey seat, JsonBytes body, CancellationToken ct)
    {
        if (!CapabilityFile.TryParse(body.Bytes.Span, out var file, out var flaw))
        {
            return Answer.Refuse(ApiProblem.CapabilityMalformed, flaw);
        }

        if (file.CapabilityGuid != seat.Capability)
        {
            return CapabilityRefusals.OtherCapability();
        }

        var found = await signature.ExecuteAsync(file, machine: null, ct);
        return found.Facts.FindSignatureReasons(found.Signature) is { Count: > 0 } reasons ? CapabilityRefusals.Invalid(reasons) : null;
    }

    private Task<Answer> ReleaseAsync(HttpContext context, SeatKey seat, HashIdentifier? issuer, CancellationToken ct) => writes.ExecuteAsync(
        context,
        new ReleaseSeat(seat, issuer, Caller.Of(context).Actor, audit, clock),
        outcome => outcome == Release.Done ? Answer.NoContent() : Answer.Refuse(ApiProblem.Forbidden),
        ct);
}
