using Repository.Benchmarks.Load.Reporting;

namespace Repository.Benchmarks.Load.Figures;

/// <summary>One figure of design/performance.md. It leaves no process behind that it started itself.</summary>
internal interface IFigure
{
    /// <summary>Its number there, by which <c>--only</c> selects it.</summary>
    string Id { get; }

    /// <summary>False for one that a quick look can do without.</summary>
    bool IsInQuickRun => true;

    Task<IReadOnlyList<FigureRow>> MeasureAsync(Arena arena, CancellationToken ct);
}
