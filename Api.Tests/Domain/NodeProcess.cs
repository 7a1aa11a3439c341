using System.Diagnostics;

namespace Repository.Api.Tests.Domain;

/// <summary>An ECMAScript engine to compare with: the Node.js that Playwright brings beside the tests, on every machine.</summary>
internal static class NodeProcess
{
    /// <summary>Runs a script with these lines as its standard input, and gives the lines that it prints.</summary>
    public static async Task<string[]> RunAsync(string script, IEnumerable<string> lines, CancellationToken ct)
    {
        using var node = Process.Start(new ProcessStartInfo(Path(), ["-e", script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var answer = node.StandardOutput.ReadToEndAsync(ct);
        await node.StandardInput.WriteAsync(string.Join('\n', lines).AsMemory(), ct);
        node.StandardInput.Close();
        await node.WaitForExitAsync(ct);
        Assert.Equal(0, node.ExitCode);
        return (await answer).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Path() => Directory
        .EnumerateFiles(System.IO.Path.Combine(AppContext.BaseDirectory, ".playwright", "node"), "node*", SearchOption.AllDirectories)
        .Single(file => System.IO.Path.GetFileName(file) is "node" or "node.exe");
}
