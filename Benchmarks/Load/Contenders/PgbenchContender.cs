using System.Globalization;
using System.Text.RegularExpressions;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;

namespace Repository.Benchmarks.Load.Contenders;

/// <summary>PostgreSQL under <c>pgbench</c>: the same single-row conditional update, prepared, one transaction each.</summary>
internal sealed partial class PgbenchContender(string name, PostgresServer postgres, string script, int connections) : Contender(name)
{
    public const string Program = "pgbench";

    private const int Threads = 2;

    public override async Task<Sample> MeasureAsync(SampleTiming timing, CancellationToken ct)
    {
        var seconds = Math.Max(1, (int)Math.Round(timing.Duration.TotalSeconds));
        var threads = Math.Min(Threads, connections);
        var output = await postgres.PgbenchAsync(
            ["-c", $"{connections}", "-j", $"{threads}", "-T", $"{seconds}", "-M", "prepared", "-f", script],
            ct);
        return TransactionsPerSecond().Match(output) is { Success: true } match
            ? new Sample(double.Parse(match.Groups["rate"].Value, CultureInfo.InvariantCulture), null, null)
            : throw new InvalidOperationException($"pgbench gave no rate: {output}");
    }

    [GeneratedRegex(@"tps = (?<rate>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TransactionsPerSecond();
}
