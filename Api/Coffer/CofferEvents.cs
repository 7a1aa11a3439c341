using System.Buffers;
using System.Globalization;
using System.Text;
using Repository.Domain.Audit;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;

namespace Repository.Api.Coffer;

/// <summary>What the audit log records of the coffer: names and counts, never a value.</summary>
internal static class CofferEvents
{
    private const string Subject = "coffer";

    /// <summary>Who acts, of a box that a companion made.</summary>
    public static string ActorOf(ClientKey companion) => $"companion:{companion}";

    public static AuditEvent Defined(string actor, DefinitionView defined) => new(actor, "coffer-defined", Subject, string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"secrets":{{defined.Secrets}},"shards":{{defined.Shards}},"version":{{defined.Version}}}"""));

    public static AuditEvent SecretChanged(string actor, string action, ClientKey shard, string key, long version)
    {
        var spelled = new ArrayBufferWriter<byte>();
        CanonicalJson.WriteString(spelled, key);
        return new AuditEvent(actor, action, shard.ToString(), string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"key":{{Encoding.UTF8.GetString(spelled.WrittenSpan)}},"version":{{version}}}"""));
    }

    public static AuditEvent LicenceSet(string actor, ClientKey shard, HashIdentifier software) =>
        new(actor, "coffer-licence-set", shard.ToString(), $$"""{"software":"{{software}}"}""");

    public static AuditEvent LicenceRemoved(string actor, ClientKey shard) => new(actor, "coffer-licence-removed", shard.ToString());

    public static AuditEvent CompanionChanged(string actor, string action, ClientKey companion) => new(actor, action, companion.ToString());
}
