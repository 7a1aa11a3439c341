using System.Runtime.CompilerServices;

namespace Repository.Api.Tests.Hosting;

/// <summary>Where this source tree is, for tests that compare it with what runs.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
