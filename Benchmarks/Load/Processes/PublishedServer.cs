using System.Runtime.InteropServices;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>The server as it is shipped: published in Release, started as the operator starts it.</summary>
/// <param name="Folder">Holds <c>Repository.Api.dll</c> and its runtime configuration.</param>
internal sealed record PublishedServer(string Folder)
{
    public string Assembly => Path.Combine(Folder, "Repository.Api.dll");

    public string Dependencies => Path.Combine(Folder, "Repository.Api.deps.json");

    public static async Task<PublishedServer> PublishAsync(Workspace workspace, CancellationToken ct)
    {
        var folder = Path.Combine(workspace.Artifacts, "bench", "server");
        var project = Path.Combine(workspace.Root, "Api", "Api.csproj");
        string[] platform = OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 ? ["--runtime", "linux-x64"] : [];
        string[] command = ["dotnet", "publish", project, "-c", "Release", .. platform, "-o", folder, "--nologo", "--disable-build-servers"];
        _ = await Command.RunAsync(command, ct);
        return new PublishedServer(folder);
    }
}
