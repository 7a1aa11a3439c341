namespace Repository.Benchmarks.Load.Measuring;

/// <summary>One contender's samples, one a round.</summary>
internal sealed record Series(string Name, IReadOnlyList<Sample> Samples)
{
    public Spread PerSecond => Spread.Of(Samples.Select(sample => sample.PerSecond));

    /// <summary>The median over the rounds, in milliseconds; null when the tool gives none.</summary>
    public double? MedianLatency => Milliseconds(sample => sample.Median);

    public double? P99Latency => Milliseconds(sample => sample.P99);

    /// <summary>This series divided by another of the same run, round by round: what slows the machine for a while slows both.</summary>
    public Spread RatioTo(Series other) =>
        Spread.Of(Samples.Zip(other.Samples, (mine, theirs) => mine.PerSecond / theirs.PerSecond));

    /// <summary>Processor time that the client spent on each answer, in microseconds; null when it was not counted.</summary>
    public double? ClientMicroseconds => Microseconds(sample => sample.ClientCores);

    /// <summary>The same that the peer spent: what others do on the machine changes it far less than a rate.</summary>
    public double? PeerMicroseconds => Microseconds(sample => sample.PeerCores);

    private double? Microseconds(Func<Sample, double?> cores) =>
        Samples.All(sample => cores(sample) is not null)
            ? Spread.Of(Samples.Select(sample => cores(sample)!.Value / sample.PerSecond * 1_000_000)).Median
            : null;

    private double? Milliseconds(Func<Sample, TimeSpan?> latency) =>
        Samples.All(sample => latency(sample) is not null)
            ? Spread.Of(Samples.Select(sample => latency(sample)!.Value.TotalMilliseconds)).Median
            : null;
}
