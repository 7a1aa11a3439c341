using System.ComponentModel.DataAnnotations;

namespace Repository.Infrastructure.Keys;

/// <summary>How tokens are signed.</summary>
public sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>How long a key signs tokens before another takes its place. 1 s to 365 d; 30 d.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan SigningKeyLifetime { get; set; } = TimeSpan.FromDays(30);
}
