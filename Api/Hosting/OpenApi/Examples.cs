using System.Text.Json;
using System.Text.Json.Nodes;
using Repository.Api.Audit;
using Repository.Api.Hosting.Json;
using Repository.Api.Hosting.Problems;
using Repository.Api.Keys;
using Repository.Api.Machines;
using Repository.Api.Operation;
using Repository.Domain.Encoding;

namespace Repository.Api.Hosting.OpenApi;

/// <summary>An example of every request and answer, made of the very types, so that it cannot go stale.</summary>
internal static class Examples
{
    private const string Hash = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly DateTimeOffset Registered = Date("2026-11-21T19:19:00.0000000Z");
    private static readonly DateTimeOffset Accessed = Date("2026-11-21T19:19:00.1234567Z");
    private static readonly DateTimeOffset Next = Date("2026-11-22T08:00:01.7654321Z");

    private static readonly AdministratorsMachineView Machine = new(Hash, 1, null, Registered, Accessed, 0, null);

    private static readonly AuditEntryView Entry =
        new(1, Registered, "administrator", "machine-disabled", Hash, JsonElement.Parse("{}"), Zeros, Hash);

    private static readonly JsonWebKeyView Key = new(
        "EC",
        "P-256",
        "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        "sig",
        "ES256",
        "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");

    private static readonly Dictionary<Type, JsonNode?> All = new object[]
    {
        new RegisterMachineRequest(Hash),
        new RegisteredMachine(Hash, 1, null, Registered, Accessed),
        new VerifyMachineRequest("2026-11-21T19:19:00.1234567Z", "AAECAwQFBgcICQoLDA0ODw=="),
        new VerifiedMachine(Hash, 1, Next),
        new UpdateMachineRequest(0),
        new MachineView(Hash, 1, Registered),
        Machine,
        new Page<AdministratorsMachineView>([Machine], null),
        new Page<AuditEntryView>([Entry], "AAAAAAAAAAE"),
        new AuditHeadView(1, Hash, Registered, true, []),
        new ServerStatus(
            new ServerVersions("0.1.0", ".NET 10.0.12", "1.0.18", "SQLite 3.50.4"),
            new ServerCounts(2, 0, 1, 5),
            0,
            10_000,
            65_536),
        new ReadyView("ready"),
        new JsonWebKeySetView([Key]),
    }.ToDictionary(example => example.GetType(), example => JsonSerializer.SerializeToNode(example, ApiJson.TypeInfo(example.GetType())));

    /// <summary>An example of a type, or null where there is none.</summary>
    public static JsonNode? Of(Type type) => All.GetValueOrDefault(type)?.DeepClone();

    public static JsonNode Of(ApiProblem problem) => new JsonObject
    {
        ["type"] = problem.Type,
        ["title"] = problem.Title,
        ["status"] = problem.Status,
        ["detail"] = problem.Remedy,
        ["instance"] = "/v1/machines",
        ["code"] = problem.Code,
        ["traceId"] = "0HNB3KQ4V5E8P:00000001",
    };

    private static DateTimeOffset Date(string text) => Rfc3339Date.TryParse(text, out var date) ? date.Value : throw new FormatException(text);
}
