using System.Text.Json;
using System.Text.Json.Nodes;
using Repository.Api.Audit;
using Repository.Api.Capabilities;
using Repository.Api.Cluster;
using Repository.Api.Coffer;
using Repository.Api.Hosting.Json;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Api.Keys;
using Repository.Api.Machines;
using Repository.Api.Operation;
using Repository.Api.Resources;
using Repository.Api.Rooms;
using Repository.Api.Sessions;
using Repository.Api.Software;
using Repository.Api.Users;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;

namespace Repository.Api.Hosting.OpenApi;

/// <summary>An example of every request and answer, made of the very types, so that it cannot go stale.</summary>
internal static class Examples
{
    private const string Hash = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
    private const string User = "3a1f0c6b9d2e47588a0b1c2d3e4f5061728394a5b6c7d8e9f001122334455667";
    private const string Capability = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c";
    private const string SoftwareGuid = "2c26b46b68ffc68ff99b453c1d304134";
    private const string Session = "7d793037a0760186574b0282f2f435e7";
    private const string Issuer = "https://trust.example";
    private const string Token = "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6Ii4uLiJ9.e30.c2ln";
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly DateTimeOffset Registered = Date("2026-11-21T19:19:00.0000000Z");
    private static readonly DateTimeOffset Accessed = Date("2026-11-21T19:19:00.1234567Z");
    private static readonly DateTimeOffset Next = Date("2026-11-22T08:00:01.7654321Z");

    private static readonly AdministratorsMachineView Machine = new(Hash, 1, null, Registered, Accessed, 0, null);

    private static readonly SoftwareView Software = new(Hash, SoftwareGuid, "Clockwork", "Winds clocks.", "2.0");

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

    private static readonly Dictionary<Type, JsonNode?> All =
    ((object[])
    [
        new RegisterMachineRequest(Hash),
        new RegisteredMachine(Hash, 1, null, Registered, Accessed),
        new VerifyMachineRequest("2026-11-21T19:19:00.1234567Z", "AAECAwQFBgcICQoLDA0ODw=="),
        new VerifiedMachine(Hash, 1, Next),
        new UpdateMachineRequest(0),
        new MachineView(Hash, 1, Registered),
        Machine,
        new Page<AdministratorsMachineView>([Machine], null),
        new CapabilityDocument(
            new CapabilityContentDocument(User, Hash, null, 2, "2026-11-01T00:00:00Z", "2027-11-01T00:00:00+01:00"),
            new CapabilityVerificationDocument("EdDSA", Convert.ToBase64String(new byte[64]))),
        new CapabilityVerification(true, Capability, [], User, Hash, null, Registered, Next, new SeatsView(1, 2), Registered),
        new ActivatedSeat(Capability, Hash, Registered, Token),
        new CapabilityView(Capability, 1, new SeatsView(1, 2), null),
        new Page<SeatView>([new SeatView(Hash, Registered)], null),
        new RevokeCapabilityRequest(User),
        new CreateSoftwareRequest(Hash, SoftwareGuid, "Clockwork", "2.0", "Winds clocks."),
        new UpdateSoftwareRequest("Clockwork", "2.1", "Winds clocks."),
        Software,
        new Page<SoftwareView>([Software], null),
        new Page<AuditEntryView>([Entry], "AAAAAAAAAAE"),
        new AuditHeadView(1, Hash, Registered, true, [new CountersignatureView(Hash, 1, Hash, Registered, Bytes(256))]),
        new ServerStatus(
            new ServerVersions("0.1.0", ".NET 10.0.12", "1.0.18", "SQLite 3.50.4"),
            new ServerCounts(2, 0, 1, 3, 0, 1, 1, 2, 1, 9),
            0,
            10_000,
            2,
            65_536,
            [new NodeStatus(UserClusterExamples.NodeId, "alpha", NodeView.Active, Registered)]),
        new ReadyView("ready"),
        new JsonWebKeySetView([Key]),
        new IssueChallengeRequest(User),
        new SessionChallengeView(Bytes(81), Bytes(32), Registered.AddSeconds(60)),
        new OpenSessionRequest(User, Bytes(81), OpenSessionRequest.Ecdh, Bytes(64), Bytes(32)),
        new OpenedSession(Session, SessionTokens.ExpiryOf(Registered), Bytes(420), null, Bytes(64)),
        new TokenForm(Token),
        new IntrospectedToken(
            Active: true,
            "Bearer",
            Issuer,
            User,
            Issuer,
            Registered.ToUnixTimeSeconds(),
            Registered.ToUnixTimeSeconds(),
            SessionTokens.ExpiryOf(Registered).ToUnixTimeSeconds(),
            "Cz0TlD5WRaG0pvZMcXBTQw",
            Session),
        new TokenRevocationView(Active: false),
        new TimeView(Registered.ToUnixTimeSeconds(), Timecode.WindowStart(Registered.ToUnixTimeSeconds()), "b7f1c2", Token),
        OpenIdConfigurationView.Of(Issuer),
        .. UserExamples.All,
        .. ResourceExamples.All,
        .. UserClusterExamples.All,
        .. NodeExamples.All,
        .. CofferExamples.All,
        .. RoomExamples.All,
    ]).ToDictionary(example => example.GetType(), example => JsonSerializer.SerializeToNode(example, ApiJson.TypeInfo(example.GetType())));

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

    private static string Bytes(int size) => Convert.ToBase64String(new byte[size]);

    private static DateTimeOffset Date(string text) => Rfc3339Date.TryParse(text, out var date) ? date.Value : throw new FormatException(text);
}
