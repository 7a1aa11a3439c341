using System.Text.Json;
using Repository.Api.Hosting.Json;
using Repository.Domain.Audit;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Audit;

/// <summary>An entry of the audit log; <c>hash</c> is hex of SHA-256 over the canonical JSON (RFC 8785) of the entry without it.</summary>
public sealed record AuditEntryView(
    long Sequence,
    DateTimeOffset Date,
    string Actor,
    string Action,
    string Subject,
    JsonElement Details,
    string PreviousHash,
    string Hash)
{
    internal static AuditEntryView Of(AuditEntry entry) => new(
        entry.Sequence,
        entry.Date,
        entry.Actor,
        entry.Action,
        entry.Subject,
        ParseDetails(entry.Details),
        Convert.ToHexStringLower(entry.PreviousHash),
        Convert.ToHexStringLower(entry.Hash));

    /// <summary>What somebody wrote over the details is shown as a text: the log must be readable just when it was tampered with.</summary>
    private static JsonElement ParseDetails(string details)
    {
        try
        {
            return JsonElement.Parse(details);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(details, ApiJson.TypeInfo<string>());
        }
    }
}

/// <summary>The end of the audit log, whether the chain was found whole, and who else has seen it.</summary>
public sealed record AuditHeadView(
    long Sequence,
    string Hash,
    DateTimeOffset? Date,
    bool Intact,
    IReadOnlyList<CountersignatureView> Countersignatures)
{
    internal static AuditHeadView Of(AuditHeadState head, IReadOnlyList<CountersignedHead> countersignatures) => new(
        head.Sequence,
        Convert.ToHexStringLower(head.Hash),
        head.Date,
        head.IsIntact,
        [.. countersignatures.Select(CountersignatureView.Of)]);
}

/// <summary>
/// A head as a node saw and signed it: RS256 by the node's <c>sk</c> over
/// <c>"repository-audit-head-v1" ‖ \0 ‖ u64be(sequence) ‖ hash ‖ LP(date)</c>, in base64. The newest few of each node.
/// </summary>
public sealed record CountersignatureView(string NodeId, long Sequence, string Hash, DateTimeOffset Date, string Signature)
{
    internal static CountersignatureView Of(CountersignedHead head) => new(
        head.NodeId.ToString(),
        head.Sequence,
        Convert.ToHexStringLower(head.Hash),
        head.Date,
        Convert.ToBase64String(head.Signature));
}
