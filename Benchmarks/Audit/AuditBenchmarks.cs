using BenchmarkDotNet.Attributes;
using Repository.Domain.Audit;

namespace Repository.Benchmarks.Audit;

/// <summary>What an entry of the audit log costs beside its row: the canonical JSON and its hash, at each append and each check.</summary>
[MemoryDiagnoser]
public class AuditBenchmarks
{
    private static readonly AuditEvent Change =
        new("administrator", "machine-disabled", "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4");

    private readonly byte[] _previous = new byte[AuditEntry.HashSize];
    private readonly DateTimeOffset _now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private AuditEntry _entry = null!;

    [GlobalSetup]
    public void Append() => _entry = AppendEntry();

    [Benchmark]
    public AuditEntry AppendEntry() => AuditEntry.Append(Change, _now, 1, _previous);

    [Benchmark]
    public bool CheckEntry() => _entry.Follows(0, _previous);
}
