using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;
using Repository.Api.Hosting.Actions;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Repository.Api.Hosting.OpenApi;

/// <summary>Adds to each operation what MVC does not know: its service, who may call it, its examples, and every problem it can answer.</summary>
internal sealed class DescribeOperation : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var method = context.ApiDescription.HttpMethod ?? HttpMethods.Get;
        var readsBody = !HttpMethods.IsGet(method); // Also without one of its own: one may be sent.
        var isWrite = readsBody && !metadata.OfType<IgnoresIdempotencyKeyAttribute>().Any();
        var isRestricted = metadata.OfType<IAllowAnonymous>().FirstOrDefault() is null;
        var tag = context.MethodInfo.DeclaringType!.GetCustomAttributes(inherit: false).OfType<ServiceTagAttribute>().Single().Name;
        operation.Tags = new HashSet<OpenApiTagReference> { new(tag, context.Document) };

        operation.Security = [.. CredentialsFor(metadata.OfType<IAuthorizeData>().FirstOrDefault()).Select(credential => Credentials.Requirement(credential, context.Document))];
        if (!isRestricted)
        {
            operation.Security.Insert(0, new OpenApiSecurityRequirement());
        }

        if (isWrite)
        {
            DescribeIdempotencyKey(operation);
        }

        DescribeRequest(operation, context);
        DescribeSuccess(operation, context);
        var codes = metadata.OfType<RefusesAttribute>().SelectMany(refuses => refuses.Codes)
            .Concat(SharedProblems(readsBody, isWrite, isRestricted))
            .Distinct(StringComparer.Ordinal);
        DescribeProblems(operation, context, codes);
    }

    /// <summary>Anonymous operations take a credential too (an administrator sees more), so each is offered with and without.</summary>
    private static string[] CredentialsFor(IAuthorizeData? asked) => asked switch
    {
        { Policy: Policies.Admission } => [Credentials.AdministratorKey, Credentials.JoinToken],
        { Policy: Policies.Resource } => [Credentials.LoginToken],
        { Policy: Policies.Session } => [Credentials.SessionToken],
        { Policy: Policies.User } => [Credentials.AdministratorKey, Credentials.SessionToken],
        { Policy: null } => [Credentials.AdministratorKey, Credentials.SessionToken, Credentials.LoginToken],
        _ => [Credentials.AdministratorKey],
    };

    private static List<string> SharedProblems(bool readsBody, bool isWrite, bool isRestricted)
    {
        List<string> codes = ["unauthenticated", "rate-limited", "internal-error", "storage-unavailable", "node-waiting"];
        if (isRestricted)
        {
            codes.Add("forbidden");
        }

        if (readsBody)
        {
            codes.AddRange(["body-too-large", "unsupported-media-type"]);
        }

        if (isWrite)
        {
            codes.AddRange(["validation-failed", "overloaded", "idempotency-key-reused", "idempotency-in-progress"]);
        }

        return codes;
    }

    private static void DescribeIdempotencyKey(OpenApiOperation operation) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Description = "Makes a repeat safe: for 24 h the same key with the same body gets the first answer again, with Idempotency-Replayed: true.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255, Pattern = "^[!-~]+$" },
    });

    private static void DescribeRequest(OpenApiOperation operation, OperationFilterContext context)
    {
        var body = context.ApiDescription.ParameterDescriptions.FirstOrDefault(described => described.Source == BindingSource.Body);
        if (body is null)
        {
            return;
        }

        var parameter = (body.ParameterDescriptor as ControllerParameterDescriptor)?.ParameterInfo;
        if (parameter?.GetCustomAttribute<BinaryBodyAttribute>() is { } binary)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = binary.MediaTypes.ToDictionary(static type => type, static _ => new OpenApiMediaType { Schema = Bytes() }, StringComparer.Ordinal),
            };
            return;
        }

        var described = parameter?.GetCustomAttribute<JsonBodyAttribute>();
        var type = described?.DescribedAs ?? body.Type;
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = described is not { IsOptional: true },
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [parameter?.IsDefined(typeof(FormBodyAttribute)) is true ? BodyType.Form : BodyType.Json] = new()
                {
                    Schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository),
                    Example = Examples.Of(type),
                },
            },
        };
    }

    private static void DescribeSuccess(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var supported in context.ApiDescription.SupportedResponseTypes.Where(response => response.Type is not null && response.Type != typeof(void)))
        {
            var status = supported.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var response = new OpenApiResponse
            {
                Description = supported.StatusCode == StatusCodes.Status201Created ? "Created" : "OK",
                Content = ContentOf(supported.Type!, context),
            };
            DescribeHeaders(response, supported.StatusCode, context);
            (operation.Responses ??= [])[status] = response;
        }
    }

    private static Dictionary<string, OpenApiMediaType> ContentOf(Type type, OperationFilterContext context)
    {
        var (mediaType, content) = type switch
        {
            _ when type == typeof(byte[]) => (BodyType.Bytes, new OpenApiMediaType { Schema = Bytes() }),
            _ when type == typeof(ServerSentEvents) => (BodyType.EventStream, new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }),
            _ => (BodyType.Json, new OpenApiMediaType
            {
                Schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository),
                Example = Examples.Of(type),
            }),
        };
        return new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [mediaType] = content };
    }

    /// <summary>A body that is not JSON.</summary>
    private static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static void DescribeHeaders(OpenApiResponse response, int status, OperationFilterContext context)
    {
        if (status == StatusCodes.Status201Created && !context.MethodInfo.IsDefined(typeof(HasNoLocationAttribute), inherit: false))
        {
            AddHeader(response, "Location", "Where it is from now on.");
        }

        if (context.MethodInfo.IsDefined(typeof(ServesETagAttribute), inherit: false))
        {
            AddHeader(response, "ETag", "Stands for its present state: another one after every change. If-Match takes it.");
        }
    }

    private static void AddHeader(OpenApiResponse response, string name, string description) =>
        (response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[name] =
            new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static void DescribeProblems(OpenApiOperation operation, OperationFilterContext context, IEnumerable<string> codes)
    {
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemDocument), context.SchemaRepository);
        foreach (var problems in codes.Select(code => ApiProblem.All[code]).GroupBy(problem => problem.Status).OrderBy(group => group.Key))
        {
            var status = problems.Key.ToString(System.Globalization.CultureInfo.InvariantCulture);
            (operation.Responses ??= [])[status] = new OpenApiResponse
            {
                Description = string.Join(", ", problems.Select(problem => $"`{problem.Code}`")),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/problem+json"] = new()
                    {
                        Schema = schema,
                        Examples = problems.ToDictionary(
                            problem => problem.Code,
                            problem => (IOpenApiExample)new OpenApiExample { Summary = problem.Title, Value = Examples.Of(problem) },
                            StringComparer.Ordinal),
                    },
                },
            };
        }
    }
}
