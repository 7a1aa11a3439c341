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
        if (body.IsNone)
        {
            return await ReleaseAsCallerAsync(context, seat, ct);
        }

        return CapabilityFile.TryParse(body.Bytes.Span, out var file, out var flaw) switch
        {
            false => await writes.RefuseAsync(context, Answer.Refuse(ApiProblem.CapabilityMalformed, flaw), ct),
            true when file!.CapabilityGuid != seat.Capability => CapabilityRefusals.OtherCapability(),
            _ => await ReleaseByFileAsync(context, seat, file!, ct),
        };
    }

    private async Task<Answer> ReleaseByFileAsync(HttpContext context, SeatKey seat, CapabilityFile file, CancellationToken ct)
    {
        var found = await signature.ExecuteAsync(file, machine: null, ct);
        return found.Facts.FindSignatureReasons(found.Signature) is { Count: > 0 } reasons
            ? await writes.RefuseAsync(context, CapabilityRefusals.Invalid(reasons), ct)
            : await WriteAsync(context, seat, issuer: null, ct);
    }

    private async Task<Answer> ReleaseAsCallerAsync(HttpContext context, SeatKey seat, CancellationToken ct) => Caller.Of(context) switch
    {
        { IsAdministrator: true } => await WriteAsync(context, seat, issuer: null, ct),
        { UserGuid: { } issuer } => await WriteAsync(context, seat, issuer, ct),
        _ => AuthorizationProblems.Challenge(context),
    };

    private Task<Answer> WriteAsync(HttpContext context, SeatKey seat, HashIdentifier? issuer, CancellationToken ct) => writes.ExecuteAsync(
        context,
        new ReleaseSeat(seat, issuer, Caller.Of(context).Actor, audit, clock),
        outcome => outcome == Release.Done ? Answer.NoContent() : Answer.Refuse(ApiProblem.Forbidden),
        ct);
}
