using Repository.Benchmarks;
using Repository.Benchmarks.Load;
using Repository.Benchmarks.Load.Baseline;

// Each branch is a method of another class, so that the baseline's process loads none of the others' assemblies.
return args switch
{
    ["load", .. var rest] => await LoadCommand.RunAsync(rest, CancellationToken.None),
    ["baseline", var port] => await BaselineApplication.RunAsync(port, CancellationToken.None),
    _ => FunctionBenchmarks.Run(args),
};
