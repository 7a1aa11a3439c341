namespace Repository.Benchmarks.Load.Reporting;

/// <summary>The page that holds the last run.</summary>
internal static class MarkdownReport
{
    private const string Introduction = """
        # Benchmarks

        Written by `dotnet run -c Release --project Benchmarks -- load`. On a shared machine an absolute number means little, so
        nearly every figure is a ratio: both sides are measured in turn (A B A B …) in one run by one client, each round gives one
        ratio, and the table shows their median with the least and the greatest in brackets. A ratio of 1.5 is half as fast again
        as the peer. *Reach* is what the server must show and *lead* what would put it ahead of what else there is; times, sizes
        and counts are better when they are small. A durable write is compared only with a durable write, unless the row says that
        the other side keeps nothing.

        """;

    public static string Write(IEnumerable<string> conditions, IEnumerable<FigureRow> rows, TimeSpan took) =>
        string.Join(
            '\n',
            [
                Introduction,
                .. conditions.Select(condition => $"- {condition}"),
                $"- The run took {took.TotalSeconds:0} s",
                "",
                "| figure | what | measured: median (min–max) | against | ratio: median (min–max) | reach | lead | met |",
                "|---|---|---|---|---|---|---|---|",
                .. rows.Select(row => row.ToString()),
                "",
            ]);
}
