using System.Formats.Cbor;
using System.Net;
using System.Security.Cryptography;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Processes;
using Repository.Domain.Cryptography;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>A client of the coffer: a key, and a shard of ten typed values whose sealed answer is about 1 KiB.</summary>
internal sealed class CofferClient
{
    private const int LongTexts = 5;
    private const int LongTextCharacters = 150;

    private readonly byte[] _plaintext;

    private CofferClient(X25519PrivateKey pair, byte[] serverKey)
    {
        PublicKey = pair.PublicKey;
        Box = CryptoBox.Agree(pair, serverKey);
        _plaintext = Question();
    }

    public byte[] PublicKey { get; }

    /// <summary>Between this client and the server: agreed on once, so that a request costs the client next to nothing.</summary>
    public CryptoBox Box { get; }

    /// <summary>The length of a request's body.</summary>
    public int RequestBytes => PublicKey.Length + CryptoBox.Overhead + _plaintext.Length;

    /// <summary>Makes clients, and has the administrator define a shard for each.</summary>
    public static async Task<IReadOnlyList<CofferClient>> DefineAsync(IPEndPoint server, int count, CancellationToken ct)
    {
        var coffer = await OneRequest.AskAsync(server, HttpRequest.Get("/v1/coffer"), 200, ct);
        var serverKey = Convert.FromHexString(JsonMember.Text(coffer, "publicKey"u8));
        var clients = Enumerable.Range(0, count).Select(_ => new CofferClient(X25519PrivateKey.Draw(), serverKey)).ToList();
        var definition = string.Join('\n', clients.Select((client, number) => client.Shard(number)));
        var request = HttpRequest.Put("/v1/coffer/definition", definition, "application/toml", RepositoryServer.AdminKey);
        _ = await OneRequest.AskAsync(server, request, 200, ct);
        return clients;
    }

    /// <summary>Writes a request that was never sent before: the client's key, then a box under a fresh nonce.</summary>
    public void WriteRequest(Span<byte> body)
    {
        PublicKey.CopyTo(body);
        var box = body[PublicKey.Length..];
        _plaintext.CopyTo(box[CryptoBox.Overhead..]);
        Box.SealInPlace(box);
    }

    private string Shard(int number)
    {
        var texts = string.Join('\n', Enumerable.Range(0, LongTexts).Select(i => $"text{i} = \"{RandomNumberGenerator.GetHexString(LongTextCharacters)}\""));
        return $"""
            [client{number}]
            id = "{Convert.ToHexStringLower(PublicKey)}"
            {texts}
            port = 5432
            largest = 9223372036854775807
            ratio = 0.1
            enabled = true
            rotated = 2026-11-28T12:00:00Z
            """;
    }

    private static byte[] Question()
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(3);
        cbor.WriteTextString("op");
        cbor.WriteTextString("get");
        cbor.WriteTextString("challenge");
        cbor.WriteByteString(RandomNumberGenerator.GetBytes(16));
        cbor.WriteTextString("timecode");
        cbor.WriteInt64(DateTimeOffset.UtcNow.ToUnixTimeSeconds()); // Good for 15 minutes: longer than the figure takes.
        cbor.WriteEndMap();
        return cbor.Encode();
    }
}
