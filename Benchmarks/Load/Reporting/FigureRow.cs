using Repository.Benchmarks.Load.Measuring;

namespace Repository.Benchmarks.Load.Reporting;

/// <summary>One row of the table. Every cell is Markdown.</summary>
internal sealed record FigureRow(
    string Figure,
    string What,
    string Measured,
    string Against,
    string Value,
    string Reach,
    string Lead,
    string Met)
{
    private const string None = "–";

    /// <summary>Ours divided by theirs, round by round; the remark is added to what it was measured against.</summary>
    public static FigureRow Compared(string figure, string what, Series ours, Series theirs, Goal? goal, string remark = "")
    {
        var ratio = ours.RatioTo(theirs);
        return new FigureRow(
            figure,
            what,
            Units.Throughput(ours),
            $"{theirs.Name}: {Units.Throughput(theirs)}{remark}",
            $"{Units.Ratio(ratio)}",
            goal?.ReachText ?? None,
            goal?.LeadText ?? None,
            goal?.Judge(ratio.Median) ?? None);
    }

    /// <summary>The same row with a goal that is of the value itself, not of the ratio.</summary>
    public FigureRow JudgedBy(Goal goal, Spread value) =>
        this with { Reach = goal.ReachText, Lead = goal.LeadText, Met = goal.Judge(value.Median) };

    /// <summary>A time, a size or a count that stands for itself.</summary>
    public static FigureRow Absolute(
        string figure,
        string what,
        Spread value,
        Goal? goal,
        string unit,
        string against,
        string remark = "") =>
        new(
            figure,
            what,
            $"{Units.Absolute(value, unit)}{remark}",
            against,
            None,
            goal?.ReachText ?? None,
            goal?.LeadText ?? None,
            goal?.Judge(value.Median) ?? None);

    /// <summary>Not measured, and why.</summary>
    public static FigureRow Skipped(string figure, string what, string why) =>
        new(figure, what, None, None, None, None, None, $"skipped: {why}");

    public override string ToString() => $"| {Figure} | {What} | {Measured} | {Against} | {Value} | {Reach} | {Lead} | {Met} |";
}
