using BenchmarkDotNet.Running;

namespace Repository.Benchmarks;

/// <summary>The BenchmarkDotNet classes of this assembly: single functions, chosen by BenchmarkDotNet's own arguments.</summary>
internal static class FunctionBenchmarks
{
    public static int Run(string[] args)
    {
        _ = BenchmarkSwitcher.FromAssembly(typeof(FunctionBenchmarks).Assembly).Run(args);
        return 0;
    }
}
