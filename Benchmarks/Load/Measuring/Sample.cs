namespace Repository.Benchmarks.Load.Measuring;

/// <summary>What one contender did in one window.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Median">The latency half of the answers met; null when the tool does not say.</param>
/// <param name="P99">The latency 99 of 100 answers met; null when the tool does not say.</param>
internal sealed record Sample(double PerSecond, TimeSpan? Median, TimeSpan? P99)
{
    /// <summary>How many cores the client kept busy, the kernel's work for it included; null when it was not counted.</summary>
    public double? ClientCores { get; init; }

    /// <summary>The same of the peer's process, its kernel time included.</summary>
    public double? PeerCores { get; init; }
}
