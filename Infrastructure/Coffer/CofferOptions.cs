using System.ComponentModel.DataAnnotations;

namespace Repository.Infrastructure.Coffer;

/// <summary>How sealed secrets are served.</summary>
public sealed class CofferOptions
{
    public const string Section = "Coffer";

    /// <summary>The address of the TCP dialects, such as <c>127.0.0.1:9187</c>. Empty: secrets are served over HTTP only.</summary>
    public string? Listen { get; set; } = "127.0.0.1:9187";

    /// <summary>Whether the <em>classic</em> dialect is spoken too; its sealed box does not prove which server made it.</summary>
    public bool ClassicDialect { get; set; }

    /// <summary>How many TCP connections there may be; one more is closed at once. 1 to 1,000,000; 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 1_000;

    /// <summary>A certificate file with the server's pair. Empty: the pair of the database, made at first start.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>How many shards are kept open in memory, so that they need not be opened again. 0 to 1,000,000; 10,000.</summary>
    [Range(0, 1_000_000)]
    public int KeptShards { get; set; } = 10_000;
}
