namespace Repository.Benchmarks.Load.Reporting;

/// <summary>What a figure should reach, and what would lead the field (design/performance.md).</summary>
internal sealed record Goal(double Reach, double Lead, string Unit = "")
{
    /// <summary>Memory, times and counts are better when they are small: then the lead is below the reach.</summary>
    private bool SmallerIsBetter => Lead < Reach;

    public string ReachText => Text(Reach);

    public string LeadText => Text(Lead);

    public string Judge(double value) =>
        Meets(value, Lead) ? "lead" : Meets(value, Reach) ? "reach" : "**not met**";

    private bool Meets(double value, double limit) => SmallerIsBetter ? value <= limit : value >= limit;

    private string Text(double limit) => $"{(SmallerIsBetter ? "≤" : "≥")} {limit:0.##}{Unit}";
}
