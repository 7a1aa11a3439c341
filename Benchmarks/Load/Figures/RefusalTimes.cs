using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>The part of SESSION that is secrecy: whether the time that a refusal takes tells if there is such a user.</summary>
internal static class RefusalTimes
{
    public static async Task<FigureRow> MeasureAsync(string figure, Arena arena, Peer server, CancellationToken ct)
    {
        var (known, unknown) = (await KeyHolder.RegisterAsync(server.EndPoint, ct), new KeyHolder());
        var pairs = arena.Options.Quick ? 500 : 3_000;
        var rounds = new List<RefusedHandshakes>();
        for (var round = 0; round <= arena.Length.Rounds; round++)
        {
            var refused = new RefusedHandshakes(known, unknown, pairs);
            await LoadGenerator.CompleteAsync(server.EndPoint, [refused], ct);
            rounds.Add(refused);
        }

        rounds.RemoveAt(0); // The compiler's.
        var (p50, p99) = (Ratio(rounds, 0.5), Ratio(rounds, 0.99));
        return new FigureRow(
            figure,
            $"handshake refused for its signature, one connection, {pairs:N0} pairs a round in random order: an unknown user ÷ a registered one",
            $"unknown: {Times(rounds.Select(round => round.Unknown))}",
            $"registered: {Times(rounds.Select(round => round.Known))}",
            $"p50 {p50.Median:0.000} ({p50.Min:0.000}–{p50.Max:0.000}), p99 {Units.Ratio(p99)}",
            "–",
            "–",
            "–");
    }

    private static Spread Ratio(IEnumerable<RefusedHandshakes> rounds, double share) =>
        Spread.Of(rounds.Select(round => Microseconds(round.Unknown, share) / Microseconds(round.Known, share)));

    private static string Times(IEnumerable<IReadOnlyList<TimeSpan>> rounds)
    {
        var all = rounds.ToList();
        return $"p50 {At(0.5)}, p99 {At(0.99)}";

        string At(double share) => Units.Absolute(Spread.Of(all.Select(times => Math.Round(Microseconds(times, share), 1))), " µs");
    }

    /// <summary>Exact: a histogram's buckets are wider than what may be told apart.</summary>
    private static double Microseconds(IReadOnlyList<TimeSpan> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[(int)Math.Ceiling(sorted.Count * share) - 1].TotalMicroseconds;
    }
}
