namespace Repository.Benchmarks.Load;

/// <summary>
/// Where a run keeps its files: under the source tree's <c>artifacts</c>, on the same disk for every contender, so that a durable
/// write costs each the same. Removed at the end.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private int _files;

    public Workspace()
    {
        Root = FindRoot();
        Artifacts = Path.Combine(Root, "artifacts");
        Run = Path.Combine(Artifacts, "bench", "run");
        Data = Path.Combine(Run, "data");
        if (Directory.Exists(Run))
        {
            Directory.Delete(Run, recursive: true);
        }

        _ = Directory.CreateDirectory(Data);
        _ = Directory.CreateDirectory(Logs);
    }

    /// <summary>The folder of the solution.</summary>
    public string Root { get; }

    public string Artifacts { get; }

    /// <summary>This run's databases and scripts.</summary>
    public string Data { get; }

    // Of one run at a time: two would measure each other.
    private string Run { get; }

    private string Logs => Path.Combine(Run, "logs");

    /// <summary>A path that does not exist yet, inside a folder that does.</summary>
    public string NewPath(string name) => Path.Combine(Data, $"{++_files}-{name}");

    /// <summary>A log outlives the run, until the next one: it may say why it failed.</summary>
    public string NewLog(string name) => Path.Combine(Logs, $"{++_files}-{name}.log");

    public string NewDirectory(string name) => Directory.CreateDirectory(NewPath(name)).FullName;

    public void Dispose() => Directory.Delete(Data, recursive: true);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Build.props")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The benchmark runs from its source tree, which it is not in.");
    }
}
