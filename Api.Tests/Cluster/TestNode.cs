using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Repository.Api.Tests.Hosting;

namespace Repository.Api.Tests.Cluster;

/// <summary>A node as another program would make it, from the formats' page alone.</summary>
internal sealed class TestNode
{
    private static readonly PreparedPairs Pairs = new(first: 1_000);
    private static readonly Lazy<RSA> SharedCk = new(() => Pairs.Draw(2048));

    private readonly RSA _sk = Pairs.Draw(2048);

    public string Name { get; init; } = "alpha";

    public string ClusterEndpoint { get; init; } = "alpha.example:9189";

    public string PublicEndpoint { get; init; } = "alpha.example:443";

    public string Id => Convert.ToHexStringLower(SHA256.HashData(_sk.ExportSubjectPublicKeyInfo()));

    /// <summary>The request that admits it.</summary>
    public JsonObject ToJson()
    {
        var (ck, sk) = (SharedCk.Value.ExportSubjectPublicKeyInfo(), _sk.ExportSubjectPublicKeyInfo());
        var signed = SignedBytes(Name, ck, sk, [ClusterEndpoint, PublicEndpoint]);
        return new JsonObject
        {
            ["name"] = Name,
            ["ck"] = PemEncoding.WriteString("PUBLIC KEY", ck),
            ["sk"] = PemEncoding.WriteString("PUBLIC KEY", sk),
            ["publicEndpoint"] = PublicEndpoint,
            ["clusterEndpoint"] = ClusterEndpoint,
            ["digSig"] = Convert.ToBase64String(_sk.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
    }

    /// <summary>Checks a node's descriptor with what it holds and nothing else.</summary>
    public static void AssertSigned(JsonElement node)
    {
        var (ck, sk) = (Read(node, "ck"), Read(node, "sk"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(sk)), Text(node, "nodeId"));
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(sk, out _);
        Assert.True(rsa.KeySize is 2048 or 3072);
        Assert.True(rsa.VerifyData(
            SignedBytes(Text(node, "name"), ck, sk, [Text(node, "clusterEndpoint"), Text(node, "publicEndpoint")]),
            node.GetProperty("digSig").GetBytesFromBase64(),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }

    private static byte[] SignedBytes(string name, byte[] ck, byte[] sk, string[] endpoints)
    {
        byte[] count = [0, (byte)endpoints.Length];
        return
        [
            .. "repository-member-v1\0"u8,
            .. Prefixed(Encoding.ASCII.GetBytes(name)),
            .. Prefixed(SHA256.HashData(sk)),
            .. new byte[8],
            .. Prefixed(ck),
            .. Prefixed(sk),
            .. count,
            .. endpoints.SelectMany(endpoint => Prefixed(Encoding.ASCII.GetBytes(endpoint))),
        ];
    }

    private static byte[] Prefixed(byte[] value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [.. length, .. value];
    }

    private static byte[] Read(JsonElement node, string member)
    {
        var pem = Text(node, member);
        var block = PemEncoding.Find(pem);
        Assert.Equal("PUBLIC KEY", pem[block.Label]);
        return Convert.FromBase64String(pem[block.Base64Data]);
    }

    private static string Text(JsonElement node, string member) => node.GetProperty(member).GetString()!;
}
