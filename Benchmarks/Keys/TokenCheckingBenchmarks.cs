using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Repository.Api.Hosting;
using Repository.Infrastructure.Keys;

namespace Repository.Benchmarks.Keys;

/// <summary>What checking a token costs beside its signature (P4), and once it is remembered. The server runs on a folder of its own.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // BenchmarkDotNet calls StopAsync in the end.
public class TokenCheckingBenchmarks
#pragma warning restore CA1001
{
    private const string Issuer = "http://127.0.0.1:5080";
    private const string Hash = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";

    private readonly byte[] _data = new byte[512]; // As long as a token is before its signature.
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private byte[] _signature = [];
    private string _token = "";
    private DirectoryInfo _folder = null!;
    private WebApplication _server = null!;
    private VerifiedTokens _none = null!;
    private TokenVerifier _remembering = null!;
    private TokenVerifier _computing = null!;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("repository-benchmark-");
        _server = RepositoryServer.Build(
            [$"--Repository:DataDirectory={_folder.FullName}", "--Kestrel:Endpoints:Public:Url=http://127.0.0.1:0", "--Coffer:Listen=127.0.0.1:0"]);
        await _server.StartAsync(CancellationToken.None);
        var services = _server.Services;
        _remembering = services.GetRequiredService<TokenVerifier>();
        _none = new VerifiedTokens(Options.Create(new TokenOptions { VerifiedTokens = 0 }));
        _computing = new TokenVerifier(services.GetRequiredService<SigningKeyRing>(), _none, TimeProvider.System);
        _signature = _key.SignData(_data, HashAlgorithmName.SHA256);
        _token = await SignAsync(services.GetRequiredService<TokenSigner>());
        if (await VerifyToken() is null || await VerifyTokenAgain() is null)
        {
            throw new InvalidOperationException("The benchmark's own token is not valid.");
        }
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
        _none.Dispose();
        _key.Dispose();
    }

    [Benchmark(Baseline = true)]
    public bool SignatureAlone() => _key.VerifyData(_data, _signature, HashAlgorithmName.SHA256);

    [Benchmark]
    public async Task<object?> VerifyToken() => await _computing.VerifyAsync(_token, Issuer, CancellationToken.None);

    /// <summary>A token that is remembered.</summary>
    [Benchmark]
    public async Task<object?> VerifyTokenAgain() => await _remembering.VerifyAsync(_token, Issuer, CancellationToken.None);

    private static ValueTask<string> SignAsync(TokenSigner signer)
    {
        var now = DateTimeOffset.UtcNow;
        return signer.SignAsync(
            new TokenClaims
            {
                Issuer = Issuer,
                Subject = Hash,
                Audience = Hash,
                Timecode = now.ToUnixTimeSeconds(),
                NotBefore = now,
                ExpiresDate = now.AddDays(1),
            },
            CancellationToken.None);
    }
}
