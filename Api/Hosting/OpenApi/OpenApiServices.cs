using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Repository.Api.Cluster;
using Repository.Api.Coffer;
using Repository.Api.Hosting.Json;
using Repository.Api.Hosting.Requests;
using Repository.Api.Keys;
using Repository.Api.Machines;
using Repository.Api.Resources;
using Repository.Api.Rooms;
using Repository.Domain.Capabilities;
using Repository.Domain.Cluster;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Domain.Rooms;
using Repository.Domain.Sessions;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Repository.Api.Hosting.OpenApi;

/// <summary>The OpenAPI document and Swagger UI.</summary>
internal static class OpenApiServices
{
    /// <summary>The document's name, in its path.</summary>
    public const string DocumentName = "v1";

    private const string Root = "/swagger";

    public static void AddOpenApiDocument(this IServiceCollection services) => services
        .AddTransient<IApiDescriptionProvider, CanonicalTextParameters>()
        .AddSwaggerGen(static swagger =>
    {
        swagger.SwaggerDoc(DocumentName, new OpenApiInfo
        {
            Title = "Repository",
            Version = DocumentName,
            Description = "A trust server for software that runs on other people's machines. Every refusal is a problem (RFC 9457) with a stable code, explained at /problems.",
        });
        foreach (var (name, scheme) in Credentials.All)
        {
            swagger.AddSecurityDefinition(name, scheme);
        }

        // HEAD is answered as GET is; described once, it is enough.
        swagger.DocInclusionPredicate(static (_, described) => !HttpMethods.IsHead(described.HttpMethod ?? string.Empty));
        swagger.SupportNonNullableReferenceTypes();
        swagger.NonNullableReferenceTypesAsRequired();
        swagger.CustomSchemaIds(SchemaId);
        MapTexts(swagger);
        swagger.OperationFilter<DescribeOperation>();
        swagger.DocumentFilter<DescribeHealth>();
        swagger.IncludeXmlComments(typeof(OpenApiServices).Assembly, includeControllerXmlComments: false);
    });

    /// <summary>Serves the document and the page. The page's own scripts and styles are all it may load.</summary>
    public static void UseOpenApiDocument(this WebApplication app) => app.UseWhen(
        static context => context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal),
        static branch =>
        {
            branch.Use(static (context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy =
                    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";
                return next(context);
            });
            branch.UseSwagger();
            branch.UseSwaggerUI(static page =>
            {
                page.SwaggerEndpoint($"{Root}/{DocumentName}/swagger.json", "Repository");
                page.DocumentTitle = "Repository";
                page.DisplayRequestDuration();
            });
        });

    private static string SchemaId(Type type) => type switch
    {
        _ when type == typeof(ProblemDocument) => "Problem",
        { IsGenericType: true } => SchemaId(type.GetGenericArguments()[0]) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)],
        _ => type.Name,
    };

    /// <summary>Values with one spelling are texts or numbers to clients.</summary>
    private static void MapTexts(SwaggerGenOptions swagger)
    {
        swagger.MapType<HashIdentifier>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = "^([0-9a-f]{32}|[0-9a-f]{64})$",
            Description = "32 or 64 lower-case hex digits.",
        });
        swagger.MapType<CapabilityGuid>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = "^[0-9a-f]{64}$",
            Description = "64 lower-case hex digits.",
        });
        swagger.MapType<ClientKey>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = "^[0-9a-fA-F]{64}$",
            Description = "64 hex digits of an X25519 public key, in either case.",
        });
        swagger.MapType<ShardCursor>(static () => new OpenApiSchema { Type = JsonSchemaType.String });
        swagger.MapType<PathText>(static () => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = PathText.MaxSize });
        swagger.MapType<SourceId>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = "^[0-9a-f]{32}$",
            Description = "32 lower-case hex digits.",
        });
        swagger.MapType<SessionId>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = "^[0-9a-f]{32}$",
            Description = "32 lower-case hex digits.",
        });
        swagger.MapType<RoomId>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = "^[0-9a-f]{32}$",
            Description = "32 lower-case hex digits.",
        });
        swagger.MapType<EventSequence>(static () => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" });
        swagger.MapType<EventLimit>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = "1000",
            Default = EventLimit.Default,
        });
        swagger.MapType<WaitSeconds>(static () => new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0", Maximum = "60" });
        swagger.MapType<EventsCursor>(static () => new OpenApiSchema { Type = JsonSchemaType.String });
        swagger.MapType<MemberFilter>(static () => new OpenApiSchema { Type = JsonSchemaType.Boolean });
        swagger.MapType<EpochName>(static () => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^([0-9]+|current)$" });
        swagger.MapType<Base64Bytes>(static () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte" });
        swagger.MapType<WrappedKeys>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte" },
        });
        swagger.MapType<NodeId>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = "^([0-9a-f]{40}|[0-9a-f]{64})$",
            Description = "40 or 64 lower-case hex digits.",
        });
        swagger.MapType<ClusterReference>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Pattern = "^([A-Za-z_][A-Za-z0-9_]{0,127}|[0-9a-f]{40}|[0-9a-f]{64})$",
            Description = "The name of a cluster, or its id in lower-case hex.",
        });
        swagger.MapType<MemberMask>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "0",
            Maximum = "18446744073709551615",
        });
        swagger.MapType<WindowStart>(static () => new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0" });
        swagger.MapType<TimecodeCursor>(static () => new OpenApiSchema { Type = JsonSchemaType.String });
        swagger.MapType<AllowedPeers>(static () => new OpenApiSchema
        {
            OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["own", "any"] },
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    MaxItems = AllowedPeers.MaxListed,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^([0-9a-f]{32}|[0-9a-f]{64})$" },
                },
            ],
        });
        swagger.MapType<Nonce>(static () => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Nonce.MaxCharacters });
        swagger.MapType<IfMatch>(static () => new OpenApiSchema { Type = JsonSchemaType.String });
        swagger.MapType<Cursor>(static () => new OpenApiSchema { Type = JsonSchemaType.String });
        swagger.MapType<PageLimit>(static () => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = "200",
            Default = PageLimit.Default,
        });
        swagger.MapType<HashStateFilter>(static () => new OpenApiSchema { Type = JsonSchemaType.Integer, Enum = [0, 1] });
        swagger.MapType<MismatchedFilter>(static () => new OpenApiSchema { Type = JsonSchemaType.Boolean });
    }
}
