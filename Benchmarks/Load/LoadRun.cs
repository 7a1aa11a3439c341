using System.Diagnostics;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Figures;
using Repository.Benchmarks.Load.Processes;
using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load;

/// <summary>One run: publishes the server, measures the chosen figures one after the other, writes the table.</summary>
internal static class LoadRun
{
    public static async Task<int> RunAsync(LoadOptions options, CancellationToken ct)
    {
        EventLoops.Use();
        var started = Stopwatch.GetTimestamp();
        using var workspace = new Workspace();
        var server = options.ServerFolder is { } folder
            ? new PublishedServer(Path.GetFullPath(folder))
            : await PublishedServer.PublishAsync(workspace, ct);
        var conditions = await Conditions.ReadAsync(options, workspace, server, ct);

        var rows = new List<FigureRow>();
        await using (var arena = new Arena(options, workspace, server))
        {
            foreach (var figure in Choose(options))
            {
                await Console.Error.WriteLineAsync($"{Stopwatch.GetElapsedTime(started).TotalSeconds,6:0.0} s  {figure.Id}".AsMemory(), ct);
                rows.AddRange(await figure.MeasureAsync(arena, ct));
            }
        }

        var report = MarkdownReport.Write(conditions, rows, Stopwatch.GetElapsedTime(started));
        await Console.Out.WriteLineAsync(report.AsMemory(), ct);
        await File.WriteAllTextAsync(OutputPath(options, workspace), report, ct);
        return 0;
    }

    private static IEnumerable<IFigure> Choose(LoadOptions options)
    {
        var ids = FigureCatalog.All.Select(figure => figure.Id).ToList();
        var unknown = options.Only.Except(ids, StringComparer.OrdinalIgnoreCase).ToList();
        return unknown.Count == 0
            ? FigureCatalog.All.Where(IsChosen)
            : throw new InvalidOperationException($"No such figure: {string.Join(", ", unknown)}. There are {string.Join(", ", ids)}.");

        bool IsChosen(IFigure figure) => options.Only.Count == 0
            ? !options.Quick || figure.IsInQuickRun
            : options.Only.Contains(figure.Id, StringComparer.OrdinalIgnoreCase);
    }

    // A partial or quick table never takes the place of the one that is kept, unless it is told to.
    private static string OutputPath(LoadOptions options, Workspace workspace) => options switch
    {
        { Output: { } output } => Path.GetFullPath(output),
        { Quick: true } => Path.Combine(workspace.Artifacts, "benchmarks-quick.md"),
        { Only.Count: > 0 } => Path.Combine(workspace.Artifacts, "benchmarks-partial.md"),
        _ => Path.Combine(workspace.Root, "docs", "benchmarks.md"),
    };
}
