using Microsoft.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Operation;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Repository.Api.Hosting.OpenApi;

/// <summary>Describes the health endpoints, which are no controller's, and the services.</summary>
internal sealed class DescribeHealth : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Registry", Description = "Machines that prove themselves and find their copies; users, software, licence files and seats." },
            new() { Name = "Tokens", Description = "Resources, the tokens that their instances share, what this deployment signs, and the keys to check it with." },
            new() { Name = "Coffer", Description = "Secrets, each client's sealed to its key." },
            new() { Name = "Rooms", Description = "End-to-end encrypted messages by long polling; keys by epoch, which the server never sees." },
            new() { Name = "Cluster", Description = "The nodes of this deployment, and clusters of the users' own." },
            new() { Name = "Operation", Description = "Health, status and the audit log." },
        };
        Add(swaggerDoc, HealthEndpoints.Live, "Tells that the process lives", "The process answers.", problem: null);
        Add(swaggerDoc, HealthEndpoints.Ready, "Tells whether the server can do its work", "Database, key ring, writer and disk are well.", ApiProblem.NotReady);
    }

    private static void Add(OpenApiDocument document, string path, string summary, string success, ApiProblem? problem)
    {
        var operation = new OpenApiOperation
        {
            Summary = summary,
            Tags = new HashSet<OpenApiTagReference> { new("Operation", document) },
            Responses = new OpenApiResponses
            {
                ["200"] = new OpenApiResponse
                {
                    Description = success,
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/json"] = new() { Schema = new OpenApiSchemaReference(nameof(ReadyView), document), Example = Examples.Of(typeof(ReadyView)) },
                    },
                },
            },
        };
        if (problem is not null)
        {
            operation.Responses["503"] = new OpenApiResponse
            {
                Description = $"`{problem.Code}`",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", document), Example = Examples.Of(problem) },
                },
            };
        }

        document.Paths.Add(path, new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Get] = operation } });
    }
}
