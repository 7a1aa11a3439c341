using System.ComponentModel.DataAnnotations;

namespace Repository.Infrastructure.Rooms;

/// <summary>How many may wait for what happens in rooms, and how lost signals are made good.</summary>
public sealed class RoomOptions : IValidatableObject
{
    public const string Section = "Rooms";

    private static readonly TimeSpan MinRereadInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxRereadInterval = TimeSpan.FromMinutes(1);

    /// <summary>How many polls and streams this node holds at once; one more is answered 503 <c>too-many-polls</c>. 1 to 1,000,000; 100,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxHeldPolls { get; set; } = 100_000;

    /// <summary>How many of them a user has at once, over all its sessions. 1 to 1,000,000; 64.</summary>
    [Range(1, 1_000_000)]
    public int MaxHeldPollsPerCaller { get; set; } = 64;

    /// <summary>PostgreSQL: how often rooms that are waited on are read again, should a signal be lost. 0.1 s to 1 min; 5 s.</summary>
    public TimeSpan RereadInterval { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RereadInterval < MinRereadInterval || RereadInterval > MaxRereadInterval)
        {
            yield return new ValidationResult("must be 00:00:00.1 to 00:01:00.", [nameof(RereadInterval)]);
        }
    }
}
