using System.Globalization;
using BenchmarkDotNet.Attributes;
using Repository.Domain.Encoding;
using Repository.Domain.Machines;

namespace Repository.Benchmarks.Machines;

/// <summary>What the parts of a verify cost that are not the database's or HTTP's.</summary>
[MemoryDiagnoser]
public class VerifyBenchmarks
{
    private const string Hash = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
    private const string Date = "2026-11-21T19:19:00.1234567Z";

    private readonly DateTimeOffset _last = new DateTimeOffset(2026, 11, 21, 19, 19, 0, TimeSpan.Zero).AddTicks(1_234_567);
    private readonly DateTimeOffset _now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Benchmark]
    public bool ReadHash() => HashIdentifier.TryParse(Hash, out _);

    [Benchmark(Baseline = true)]
    public bool ReadDate() => Rfc3339Date.TryParse(Date, out _);

    /// <summary>What the base library's parser costs, in place of which ours stands.</summary>
    [Benchmark]
    public bool ReadDateByBaseLibrary() => DateTimeOffset.TryParseExact(
        Date,
        "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out _);

    [Benchmark]
    public DateTimeOffset NextDate() => Machine.NextAccessDate(_last, _now);
}
