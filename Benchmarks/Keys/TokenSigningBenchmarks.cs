using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Hosting;
using Repository.Domain.Capabilities;
using Repository.Infrastructure.Keys;

namespace Repository.Benchmarks.Keys;

/// <summary>What a token costs beside its signature (P4). The server runs on a folder of its own, so the key is one of its table.</summary>
[MemoryDiagnoser]
public class TokenSigningBenchmarks
{
    private const string Hash = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly byte[] _data = new byte[512]; // As long as a token is before its signature.
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly CapabilityGuid _capability = CapabilityGuid.Load(new byte[32]);
    private DirectoryInfo _folder = null!;
    private WebApplication _server = null!;
    private TokenSigner _signer = null!;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("repository-benchmark-");
        _server = RepositoryServer.Build(
            [$"--Repository:DataDirectory={_folder.FullName}", "--Kestrel:Endpoints:Public:Url=http://127.0.0.1:0", "--Coffer:Listen=127.0.0.1:0"]);
        await _server.StartAsync(CancellationToken.None);
        _signer = _server.Services.GetRequiredService<TokenSigner>();
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
        _key.Dispose();
    }

    [Benchmark(Baseline = true)]
    public byte[] SignatureAlone() => _key.SignData(_data, HashAlgorithmName.SHA256);

    [Benchmark]
    public ValueTask<string> SignToken() => _signer.SignAsync(
        new TokenClaims
        {
            Issuer = "http://127.0.0.1:5080",
            Subject = Hash,
            Audience = "http://127.0.0.1:5080",
            Timecode = Now.ToUnixTimeSeconds(),
            NotBefore = Now,
            ExpiresDate = Now.AddDays(14),
            Capability = _capability,
        },
        CancellationToken.None);
}
