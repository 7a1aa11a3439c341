using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Hosting;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Operation;

public sealed class OpenApiDocumentTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];
    private static readonly string?[] Services = ["Registry", "Tokens", "Coffer", "Rooms", "Cluster", "Operation"];

    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        using var served = await App.Anonymous.GetAsync("/swagger/v1/swagger.json", Ct);

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        var committed = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "openapi.json"), Ct);
        Assert.Equal(committed.TrimEnd(), (await served.Content.ReadAsStringAsync(Ct)).TrimEnd());
    }

    [Fact]
    public async Task Every_operation_has_a_summary_one_service_and_an_example_of_request_and_success()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            Assert.True(operation.TryGetProperty("summary", out var summary) && summary.GetString()?.Length > 0, name);
            Assert.False(summary.GetString()!.EndsWith('.'), $"{name}: a summary is a title.");
            Assert.Contains(Assert.Single(operation.GetProperty("tags").EnumerateArray()).GetString(), Services);
            if (operation.TryGetProperty("requestBody", out var body))
            {
                Assert.All(body.GetProperty("content").EnumerateObject(), media => AssertMedia(media, $"{name}: request"));
            }

            var successes = operation.GetProperty("responses").EnumerateObject().Where(response => response.Name.StartsWith('2')).ToList();
            Assert.NotEmpty(successes);
            Assert.All(
                successes.Where(success => success.Name is not "204"),
                success => AssertMedia(Assert.Single(success.Value.GetProperty("content").EnumerateObject()), $"{name}: {success.Name}"));
        }
    }

    [Fact]
    public async Task Every_problem_that_an_action_names_is_described_under_its_status()
    {
        var operations = await OperationsAsync();
        var descriptions = Actions();
        Assert.NotEmpty(descriptions);
        foreach (var action in descriptions)
        {
            var name = $"{action.HttpMethod} /{action.RelativePath}";
            var metadata = action.ActionDescriptor.EndpointMetadata;
            var codes = metadata.OfType<RefusesAttribute>().SelectMany(refuses => refuses.Codes)
                .Concat(["unauthenticated", "rate-limited", "internal-error"])
                .Concat(metadata.OfType<IAllowAnonymous>().Any() ? [] : ["forbidden"])
                .Concat(string.Equals(action.HttpMethod, "GET", StringComparison.Ordinal) ? [] : ["body-too-large", "unsupported-media-type"]);
            foreach (var problem in codes.Select(code => ApiProblem.All[code]))
            {
                var status = problem.Status.ToString(CultureInfo.InvariantCulture);
                var example = operations[name].GetProperty("responses").GetProperty(status)
                    .GetProperty("content").GetProperty("application/problem+json")
                    .GetProperty("examples").GetProperty(problem.Code).GetProperty("value");
                Assert.Equal(problem.Code, example.GetProperty("code").GetString());
                Assert.Equal(problem.Status, example.GetProperty("status").GetInt32());
            }
        }
    }

    [Fact]
    public async Task Every_action_is_in_the_document_and_says_what_it_refuses()
    {
        var operations = await OperationsAsync();

        Assert.Equal(
            Actions().Select(action => $"{action.HttpMethod} /{action.RelativePath}").Concat(["GET /health/live", "GET /health/ready"]).Order(StringComparer.Ordinal),
            operations.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_four_kinds_of_credential_are_described()
    {
        using var document = await DocumentAsync();

        var schemes = document.RootElement.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().ToList();
        Assert.Equal(["AdministratorKey", "SessionToken", "LoginToken", "JoinToken"], schemes.Select(scheme => scheme.Name));
        Assert.All(schemes, scheme => Assert.Equal("bearer", scheme.Value.GetProperty("scheme").GetString()));
    }

    [Fact]
    public void Every_action_says_who_may_call_it()
    {
        var actions = typeof(RepositoryServer).Assembly.GetTypes()
            .Where(type => typeof(ControllerBase).IsAssignableFrom(type) && !type.IsAbstract)
            .SelectMany(type => type.GetMethods().Where(method => method.DeclaringType == type && method.IsPublic))
            .ToList();

        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.True(
            action.GetCustomAttributes(inherit: true).Concat(action.DeclaringType!.GetCustomAttributes(inherit: true))
                .Any(attribute => attribute is IAuthorizeData or IAllowAnonymous),
            $"{action.DeclaringType!.Name}.{action.Name} says neither [Authorize] nor [AllowAnonymous]."));
    }

    /// <summary>Bytes have no example that could be tried, because they are boxed under keys, and a stream has none that is JSON.</summary>
    private static void AssertMedia(JsonProperty media, string where)
    {
        if (media.Name is "application/json" or "application/x-www-form-urlencoded")
        {
            AssertExample(media.Value, where);
            return;
        }

        if (media.Name is "text/event-stream")
        {
            return;
        }

        Assert.Contains(media.Name, (string[])["application/octet-stream", "application/toml"]);
        Assert.Equal("binary", media.Value.GetProperty("schema").GetProperty("format").GetString());
    }

    private static void AssertExample(JsonElement media, string where)
    {
        Assert.True(media.TryGetProperty("example", out var example) && example.ValueKind == JsonValueKind.Object, where);
        Assert.True(media.TryGetProperty("schema", out _), where);
    }

    /// <summary>Every action, as it is described: HEAD is answered as GET is.</summary>
    private List<ApiDescription> Actions() =>
    [
        .. App.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
            .Where(action => !string.Equals(action.HttpMethod, "HEAD", StringComparison.Ordinal)),
    ];

    private async Task<JsonDocument> DocumentAsync() =>
        JsonDocument.Parse(await App.Anonymous.GetStringAsync("/swagger/v1/swagger.json", Ct));

    private async Task<Dictionary<string, JsonElement>> OperationsAsync()
    {
        using var document = await DocumentAsync();
        return document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()
                .Where(operation => Methods.Contains(operation.Name, StringComparer.Ordinal))
                .Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value.Clone())))
            .ToDictionary(operation => operation.Item1, operation => operation.Item2, StringComparer.Ordinal);
    }
}
