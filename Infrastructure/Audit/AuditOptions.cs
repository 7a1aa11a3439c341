using System.ComponentModel.DataAnnotations;

namespace Repository.Infrastructure.Audit;

/// <summary>How the audit log is watched.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How often the background check looks at the next part of the chain. 1 s to 1 d; 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many entries one check reads at the most. 1 to 1,000,000; 10,000.</summary>
    [Range(1, 1_000_000)]
    public int CheckedEntries { get; set; } = 10_000;

    /// <summary>How often this node signs the head of the log, where it has moved: what came after the last one can be cut off unseen. 1 s to 1 d; 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CountersignInterval { get; set; } = TimeSpan.FromSeconds(10);
}
