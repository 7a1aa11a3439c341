using System.Text;
using System.Text.Json;
using Repository.Domain.Encoding;

namespace Repository.Domain.Capabilities;

/// <summary>What this server understands of a capability file's member <c>content</c>; everything else in it is the issuer's own.</summary>
internal sealed class CapabilityContent
{
    private HashIdentifier? _issuerGuid;
    private HashIdentifier? _softwareGuid;
    private HashIdentifier? _userGuid;
    private DateTimeOffset? _notBefore;
    private DateTimeOffset? _notAfter;
    private int _machines = 1;

    private CapabilityContent()
    {
    }

    public HashIdentifier IssuerGuid => _issuerGuid.GetValueOrDefault();

    public HashIdentifier SoftwareGuid => _softwareGuid.GetValueOrDefault();

    public HashIdentifier? UserGuid => _userGuid;

    public int Machines => _machines;

    public DateTimeOffset? NotBefore => _notBefore;

    public DateTimeOffset? NotAfter => _notAfter;

    private static string IssuerGuidRule => $"content.issuerGuid {HashIdentifier.Rule}";

    private static string SoftwareGuidRule => $"content.softwareGuid {HashIdentifier.Rule}";

    /// <summary>Reads the member's value in canonical form, to its end; the flaw is null when there is none.</summary>
    public static string? Read(ref Utf8JsonReader json, out CapabilityContent content)
    {
        content = new CapabilityContent();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return "content must be an object.";
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            _ = json.Read();
            if (content.ReadMember(name, ref json) is { } flaw)
            {
                return flaw;
            }
        }

        return content._issuerGuid is null ? IssuerGuidRule
            : content._softwareGuid is null ? SoftwareGuidRule
            : null;
    }

    private string? ReadMember(ReadOnlySpan<byte> name, ref Utf8JsonReader json)
    {
        if (name.SequenceEqual("issuerGuid"u8))
        {
            return TryReadHash(ref json, out _issuerGuid) ? null : IssuerGuidRule;
        }

        if (name.SequenceEqual("softwareGuid"u8))
        {
            return TryReadHash(ref json, out _softwareGuid) ? null : SoftwareGuidRule;
        }

        if (name.SequenceEqual("userGuid"u8))
        {
            return TryReadHash(ref json, out _userGuid) ? null : $"content.userGuid {HashIdentifier.Rule}";
        }

        if (name.SequenceEqual("machines"u8))
        {
            return TryReadMachines(ref json) ? null : "content.machines must be a whole number from 1 to 1,000,000.";
        }

        if (name.SequenceEqual("notBefore"u8))
        {
            return TryReadDate(ref json, out _notBefore) ? null : $"content.notBefore {Rfc3339OffsetDate.Rule}";
        }

        if (name.SequenceEqual("notAfter"u8))
        {
            return TryReadDate(ref json, out _notAfter) ? null : $"content.notAfter {Rfc3339OffsetDate.Rule}";
        }

        json.Skip();
        return null;
    }

    // Null is the same as no member at all, here as everywhere in this API.
    private static bool TryReadHash(ref Utf8JsonReader json, out HashIdentifier? hash)
    {
        hash = null;
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        Span<char> text = stackalloc char[64];
        if (json.TokenType != JsonTokenType.String
            || !Ascii.IsValid(json.ValueSpan)
            || !System.Text.Encoding.ASCII.TryGetChars(json.ValueSpan, text, out var length)
            || !HashIdentifier.TryParse(text[..length], out var value))
        {
            return false;
        }

        hash = value;
        return true;
    }

    private static bool TryReadDate(ref Utf8JsonReader json, out DateTimeOffset? date)
    {
        date = null;
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (json.TokenType != JsonTokenType.String || !Rfc3339OffsetDate.TryParse(json.ValueSpan, out var value))
        {
            return false;
        }

        date = value;
        return true;
    }

    /// <summary>A whole number is in canonical form an integer, however the issuer spelled it.</summary>
    private bool TryReadMachines(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Null
        || (json.TokenType == JsonTokenType.Number
            && json.TryGetInt32(out _machines)
            && _machines is >= 1 and <= CapabilityFile.MaxMachines);
}
