using System.ComponentModel.DataAnnotations;

namespace Repository.Infrastructure.Keys;

/// <summary>How tokens are signed, and how long what they are derived from is kept.</summary>
public sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>How long a key signs tokens before another takes its place. 1 s to 365 d; 30 d.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan SigningKeyLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a window's key is kept after the window's end, unless it is pinned. 0 to 365 d; 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan WindowRetention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many windows a resource may pin. 0 to 1,000,000; 1,024.</summary>
    [Range(0, 1_000_000)]
    public int MaxPinnedWindows { get; set; } = 1_024;

    /// <summary>How many verified tokens are remembered, so that their signatures need not be computed again. 0 to 1,000,000; 16,384.</summary>
    [Range(0, 1_000_000)]
    public int VerifiedTokens { get; set; } = 16_384;
}
