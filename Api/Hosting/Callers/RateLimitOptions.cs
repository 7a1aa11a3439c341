using System.ComponentModel.DataAnnotations;

namespace Repository.Api.Hosting.Callers;

/// <summary>How many requests a caller may make.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Whether requests are limited at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Requests a minute of one address (IPv6: one /64) without a credential, or with a bad one. 1 to 10^9; 60,000.</summary>
    [Range(1, 1_000_000_000)]
    public int AnonymousPerMinute { get; set; } = 60_000;

    /// <summary>Requests a minute of one credential. 1 to 10^9; 600,000.</summary>
    [Range(1, 1_000_000_000)]
    public int AuthenticatedPerMinute { get; set; } = 600_000;
}
