using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Cryptography;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Cluster;

/// <summary>What a member says of itself, and signs as the formats' page has it: written without the server's code.</summary>
internal sealed record TestMember
{
    /// <summary>Pairs are slow to make, so tests share a few.</summary>
    private static readonly Lazy<TestKey[]> Pairs = new(() => [.. Enumerable.Range(0, 3).AsParallel().Select(_ => TestKey.Make(SigningKeyKind.Rsa))]);

    public static TestKey OneKey => Pairs.Value[0];

    public static TestKey OtherKey => Pairs.Value[1];

    public string Name { get; init; } = "alpha";

    public TestKey Ck { get; init; } = Pairs.Value[2];

    public TestKey Sk { get; init; } = OneKey;

    /// <summary>What is sent; null sends none.</summary>
    public string? NodeId { get; init; }

    public long? Attrs { get; init; }

    public string[] Endpoints { get; init; } = ["alpha.example:9189", "alpha.example:443"];

    /// <summary>The id that it has.</summary>
    public string Id => NodeId ?? Convert.ToHexStringLower(Sk.Hash);

    public byte[] DigSig => Sk.Sign(SignedBytes);

    private byte[] SignedBytes
    {
        get
        {
            Span<byte> attrs = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(attrs, Attrs ?? 0);
            return
            [
                .. Encoding.ASCII.GetBytes("repository-member-v1\0"),
                .. Prefixed(Encoding.UTF8.GetBytes(Name)),
                .. Prefixed(Convert.FromHexString(Id)),
                .. attrs,
                .. Prefixed(Ck.Spki),
                .. Prefixed(Sk.Spki),
                (byte)(Endpoints.Length >> 8),
                (byte)Endpoints.Length,
                .. Endpoints.SelectMany(endpoint => Prefixed(Encoding.UTF8.GetBytes(endpoint))),
            ];
        }
    }

    /// <summary>A name and an id of 20 bytes that no other test has.</summary>
    public static TestMember New() => new() { Name = "m_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), NodeId = NewId() };

    /// <summary>20 bytes.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>The body that it joins with.</summary>
    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["nodeId"] = NodeId,
        ["attrs"] = Attrs,
        ["ck"] = Ck.Pem,
        ["sk"] = Sk.Pem,
        ["endpoints"] = new JsonArray([.. Endpoints.Select(endpoint => (JsonNode)endpoint)]),
        ["digSig"] = Convert.ToBase64String(DigSig),
    };

    private static byte[] Prefixed(byte[] bytes)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        return [.. length, .. bytes];
    }
}
