using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load;

/// <summary>What the command line asked for.</summary>
internal sealed record LoadOptions
{
    /// <summary>Everything in under a minute, to look at and not to keep.</summary>
    public required bool Quick { get; init; }

    /// <summary>Also with 10⁶ machines.</summary>
    public required bool Growth { get; init; }

    /// <summary>The figures to measure; empty means all.</summary>
    public required IReadOnlyCollection<string> Only { get; init; }

    /// <summary>Where the table goes; null means <c>docs/benchmarks.md</c> for a full run, <c>artifacts</c> for any other.</summary>
    public required string? Output { get; init; }

    /// <summary>A folder that the server was published to before; null means to publish it.</summary>
    public required string? ServerFolder { get; init; }

    /// <summary>Enough machines to lie on many pages of a database.</summary>
    public int ManyMachines => Quick ? 2_000 : 10_000;

    /// <summary>How many long polls are held at once.</summary>
    public int HeldPolls => Quick ? 1_000 : 15_000;

    public int RestartMachines => Growth ? 1_000_000 : ManyMachines;

    public RunLength Length => Quick ? RunLength.Quick : RunLength.Full;
}
