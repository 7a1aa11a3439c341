using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Repository.Api.Hosting;
using Repository.Api.Hosting.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Repository.Generate;

/// <summary>The OpenAPI document as the server serves it, committed as <c>docs/openapi.json</c>.</summary>
internal static class OpenApiDocument
{
    private static string Committed => Path.Combine(SourceTree.Root, "docs", "openapi.json");

    public static async Task<int> WriteAsync(CancellationToken ct)
    {
        await File.WriteAllTextAsync(Committed, await MakeAsync(ct), ct);
        Console.WriteLine(Committed);
        return 0;
    }

    /// <summary>Whether the committed document is the one that is served.</summary>
    public static async Task<int> CheckAsync(CancellationToken ct)
    {
        if (File.Exists(Committed) && string.Equals(await File.ReadAllTextAsync(Committed, ct), await MakeAsync(ct), StringComparison.Ordinal))
        {
            return 0;
        }

        await Console.Error.WriteLineAsync("docs/openapi.json is stale: eng/generate.sh openapi");
        return 1;
    }

    private static async Task<string> MakeAsync(CancellationToken ct)
    {
        await using var app = RepositoryServer.Build([]);
        await using var scope = app.Services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(OpenApiServices.DocumentName);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0, ct) + "\n";
    }
}
