using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;

namespace Repository.Benchmarks.Load.Contenders;

/// <summary>A peer under <c>wrk</c>'s load, to see what this client costs by itself.</summary>
internal sealed partial class WrkContender(string name, IPEndPoint peer, string path, int connections) : Contender(name)
{
    public const string Program = "wrk";

    // wrk takes whole seconds and has no warm-up.
    public override async Task<Sample> MeasureAsync(SampleTiming timing, CancellationToken ct)
    {
        var seconds = Math.Max(1, (int)Math.Round(timing.Duration.TotalSeconds));
        var threads = Math.Min(EventLoops.Count, connections);
        var cores = CoresUsed.ByEndedChildren();
        var output = await Command.RunAsync([Program, $"-t{threads}", $"-c{connections}", $"-d{seconds}s", $"http://{peer}{path}"], ct);
        if (output.Contains("Non-2xx", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(output);
        }

        var rate = double.Parse(RequestsPerSecond().Match(output).Groups["rate"].Value, CultureInfo.InvariantCulture);
        return new Sample(rate, null, null) { ClientCores = cores.SinceStart() };
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RequestsPerSecond();
}
