using System.Text.Json;
using Repository.Api.Hosting.Actions;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Capabilities;

/// <summary>Revokes a capability, named by its file or by its issuer, and says so in HTTP.</summary>
internal sealed class CapabilityRevocation(BodyReader<RevokeCapabilityRequest> reader, Writes writes, AuditLog audit, TimeProvider clock)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, CapabilityGuid capability, JsonBytes body, CancellationToken ct)
    {
        if (IsFile(body))
        {
            return CapabilityFile.TryParse(body.Bytes.Span, out var file, out var flaw) switch
            {
                false => await writes.RefuseAsync(context, Answer.Refuse(ApiProblem.CapabilityMalformed, flaw), ct),
                true when file!.CapabilityGuid != capability => CapabilityRefusals.OtherCapability(),
                _ => await RevokeAsync(context, new RevocationRequest(capability, file!.IssuerGuid, file), ct),
            };
        }

        var (request, refusal) = reader.Parse(body.Bytes);
        return refusal ?? await RevokeAsync(
            context,
            new RevocationRequest(capability, HashIdentifier.Parse(((RevokeCapabilityRequest)request!).IssuerGuid), File: null),
            ct);
    }

    private Task<Answer> RevokeAsync(HttpContext context, RevocationRequest request, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        return caller.MayActAs(request.Issuer)
            ? writes.ExecuteAsync(context, new RevokeCapability(request, caller.Actor, audit, clock), static view => Answer.Ok(view), ct)
            : writes.RefuseAsync(context, Answer.Refuse(ApiProblem.Forbidden), ct);
    }

    /// <summary>Whether the body is meant to be a capability file: an object whose first member is one of a file's.</summary>
    private static bool IsFile(JsonBytes body)
    {
        var json = new Utf8JsonReader(body.Bytes.Span);
        try
        {
            return json.Read()
                && json.TokenType == JsonTokenType.StartObject
                && json.Read()
                && json.TokenType == JsonTokenType.PropertyName
                && (json.ValueTextEquals("content"u8) || json.ValueTextEquals("verification"u8));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The latter is thrown for a name that holds a lone surrogate. What it is instead, the reader of the other form says.
            return false;
        }
    }
}
