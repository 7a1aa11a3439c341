using System.ComponentModel.DataAnnotations;

namespace Repository.Infrastructure.Capabilities;

/// <summary>How seats are given and how capabilities are checked.</summary>
public sealed class CapabilityOptions
{
    public const string Section = "Capabilities";

    /// <summary>How long a released seat stays closed to another machine. 0 to 30 d; 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan SeatCooldown { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a program may go on with an activation token alone. 1 s to 30 d, because a signing key is published for 31 d after its last use; 14 d.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan OfflineGrace { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How many verified signatures are remembered, so that they need not be computed again. 0 to 1,000,000; 10,000.</summary>
    [Range(0, 1_000_000)]
    public int VerifiedSignatures { get; set; } = 10_000;
}
