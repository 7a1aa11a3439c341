using System.CommandLine;
using System.CommandLine.Parsing;

namespace Repository.Benchmarks.Load;

/// <summary>The command line of the load benchmark.</summary>
internal static class LoadCommand
{
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Short rounds, in under a minute; the table goes to artifacts/benchmarks-quick.md.",
    };

    private static readonly Option<bool> Growth = new("--growth") { Description = "Also with a million machines." };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Figures to measure, such as P6,P7; the table goes to artifacts/benchmarks-partial.md.",
        CustomParser = SplitAtCommas,
    };

    private static readonly Option<string?> Output = new("--output")
    {
        Description = "Where the table goes; docs/benchmarks.md for a full run.",
    };

    private static readonly Option<string?> Server = new("--server")
    {
        Description = "A folder with the published server, to publish none.",
    };

    public static Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var command = new RootCommand("Load benchmark of the built server beside a bare application and the peers that are installed.")
        {
            Quick, Growth, Only, Output, Server,
        };
        command.SetAction((result, stop) => LoadRun.RunAsync(
            new LoadOptions
            {
                Quick = result.GetValue(Quick),
                Growth = result.GetValue(Growth),
                Only = result.GetValue(Only) ?? [],
                Output = result.GetValue(Output),
                ServerFolder = result.GetValue(Server),
            },
            stop));
        return command.Parse(args).InvokeAsync(cancellationToken: ct);
    }

    private static string[] SplitAtCommas(ArgumentResult argument) =>
        string.Join(',', argument.Tokens.Select(token => token.Value))
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
