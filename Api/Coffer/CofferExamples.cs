using System.Text.Json;
using Repository.Api.Hosting;

namespace Repository.Api.Coffer;

/// <summary>Examples for the description of the API.</summary>
internal static class CofferExamples
{
    /// <summary>Alice's key of RFC 7748, 6.1.</summary>
    private const string Client = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";

    /// <summary>Bob's.</summary>
    private const string Server = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";

    private const string Software = "2c26b46b68ffc68ff99b453c1d304134";

    private static readonly DateTimeOffset Date = new(2026, 11, 21, 19, 19, 0, TimeSpan.Zero);

    private static readonly ShardView Shard =
        new(Client, "web", 1, [new SecretView("password", "string", Date), new SecretView("retries", "integer", Date)], new LicenceView(Software));

    private static readonly CompanionView Companion = new(Client, Date);

    public static object[] All { get; } =
    [
        new CofferView(Server, 1, ["design"]),
        new DefinitionView(1, 1, 2),
        new CofferVersionView(2),
        Shard,
        new Page<ShardView>([Shard], null),
        new SetSecretRequest("integer", JsonElement.Parse("3")),
        new BindLicenceRequest(Software),
        new BoundLicenceView(Software, 3),
        Companion,
        new Page<CompanionView>([Companion], null),
    ];
}
