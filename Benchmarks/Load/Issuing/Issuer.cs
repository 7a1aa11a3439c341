using System.Net;
using System.Security.Cryptography;
using System.Text;
using Repository.Benchmarks.Load.Client;
using Repository.Benchmarks.Load.Conversations;
using Repository.Benchmarks.Load.Processes;
using Repository.Domain.Capabilities;
using Repository.Domain.Cryptography;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>An issuer with one software, registered at a server through its API, and the files that it signs.</summary>
internal sealed class Issuer
{
    /// <summary>Of every file.</summary>
    public const int FileBytes = 1024;

    private readonly KeyHolder _user;
    private readonly string _software = RandomNumberGenerator.GetHexString(64, lowercase: true);
    private int _files;

    private Issuer(KeyHolder user) => _user = user;

    public SigningPublicKey PublicKey => _user.Key.PublicKey;

    public static async Task<Issuer> RegisterAsync(IPEndPoint server, CancellationToken ct)
    {
        var issuer = new Issuer(await KeyHolder.RegisterAsync(server, ct));
        _ = await OneRequest.AskAsync(server, HttpRequest.Post("/v1/software", issuer.SoftwareJson(), RepositoryServer.AdminKey), 201, ct);
        return issuer;
    }

    /// <summary>As many files as are wanted, each of <see cref="FileBytes"/> and of a capability of its own.</summary>
    public IReadOnlyList<SignedCapability> Sign(int count, int seats) => [.. Enumerable.Range(0, count).Select(_ => Sign(seats))];

    private SignedCapability Sign(int seats)
    {
        // The signed bytes do not depend on the signature, so the first reading is of a file that is not signed yet.
        var content = Content(seats, ++_files);
        var unsigned = Read(FileJson(content, new byte[64]));
        var json = FileJson(content, _user.Key.Sign(unsigned.SignedBytes));
        return new SignedCapability(json, Read(json));
    }

    private static CapabilityFile Read(string json) =>
        CapabilityFile.TryParse(Encoding.UTF8.GetBytes(json), out var file, out var flaw) ? file : throw new InvalidOperationException(flaw);

    /// <summary>Members in the order of the format's page, which is not the canonical one, and values of every kind among the features.</summary>
    private string Content(int seats, int serial)
    {
        var shortest = Content(seats, serial, "");
        return Content(seats, serial, new string('n', FileBytes - Encoding.UTF8.GetByteCount(FileJson(shortest, new byte[64]))));
    }

    private string Content(int seats, int serial, string notes) =>
        $$$"""
        {"issuerGuid":"{{{_user.Guid}}}","softwareGuid":"{{{_software}}}","machines":{{{seats}}},
        "notBefore":"2026-01-01T00:00:00Z","notAfter":"2099-12-31T23:59:59+01:00",
        "features":{"edition":"professional","serial":"{{{serial:D8}}}","modules":["editor","render","export","team"],
        "limits":{"projects":250,"storageGigabytes":512.5,"exportsPerDay":1000},"support":{"level":2,"until":"2027-06-30"},
        "offline":true,"watermark":false,"customer":{"name":"Müller & Söhne","country":"DE"},"reseller":null,"notes":"{{{notes}}}"}}
        """;

    private static string FileJson(string content, byte[] signature) =>
        $$$"""{"content":{{{content}}},"verification":{"algorithm":"EdDSA","signature":"{{{Convert.ToBase64String(signature)}}}"}}""";

    private string SoftwareJson() =>
        $$"""{"issuerGuid":"{{_user.Guid}}","softwareGuid":"{{_software}}","name":"Benchmark","version":"1.0"}""";
}
