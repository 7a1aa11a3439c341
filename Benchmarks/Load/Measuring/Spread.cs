using System.Runtime.InteropServices;

namespace Repository.Benchmarks.Load.Measuring;

/// <summary>The middle of a few values, and the least and the greatest.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        var median = sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}
