using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Capabilities;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Storage;
using Repository.Infrastructure.Storage.Sqlite;

namespace Repository.Benchmarks.Capabilities;

/// <summary>What a verify does beside HTTP and the signature: it reads the file, and from the embedded database all that the file depends on.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // BenchmarkDotNet calls Remove in the end.
public class CapabilityFactsBenchmarks
#pragma warning restore CA1001
{
    private const string Issuer = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
    private const string Software = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private readonly byte[] _json = Encoding.UTF8.GetBytes(
        $$$"""
        {"content":{"issuerGuid":"{{{Issuer}}}","softwareGuid":"{{{Software}}}","machines":25,"features":{"notes":"{{{new string('n', 650)}}}"}},
        "verification":{"algorithm":"EdDSA","signature":"{{{Convert.ToBase64String(new byte[64])}}}"}}
        """);

    private readonly byte[] _key = new byte[32];
    private readonly string _folder = Directory.CreateTempSubdirectory("repository-benchmark").FullName;
    private CapabilityFile _file = null!;
    private DataDirectory? _directory;
    private SqliteDatabase? _database;

    [GlobalSetup]
    public void Fill()
    {
        _file = Parse();
        _directory = new DataDirectory(Options.Create(new RepositoryOptions { DataDirectory = _folder }));
        _database = new SqliteDatabase(_directory);
        _database.Create();
        var options = new DbContextOptionsBuilder<SqliteRepositoryDbContext>().UseSqlite(_database.ReaderConnectionString);
        using var db = new SqliteRepositoryDbContext(options.Options);
        db.Database.EnsureCreated();
        var (issuer, software) = (HashIdentifier.Parse(Issuer).ToByteArray(), HashIdentifier.Parse(Software).ToByteArray());
        db.Database.ExecuteSql($"INSERT INTO users (user_guid, state, key_hash, registered_date) VALUES ({issuer}, 1, {_key}, 0)");
        db.Database.ExecuteSql($"INSERT INTO user_keys (user_guid, key_hash, kind, spki, added_date) VALUES ({issuer}, {_key}, 1, {_key}, 0)");
        db.Database.ExecuteSql(
            $"INSERT INTO software (software_guid, issuer_guid, name, version, revision, is_deleted) VALUES ({software}, {issuer}, 'n', '1', 1, 0)");
    }

    [GlobalCleanup]
    public void Remove()
    {
        _database?.Dispose();
        _directory?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public ValueTask<CapabilityFacts> ReadFacts() => _database!.ReadFactsAsync(_file, machine: null, _key, CancellationToken.None);

    [Benchmark]
    public ValueTask<CapabilityFacts> ParseAndReadFacts() => _database!.ReadFactsAsync(Parse(), machine: null, _key, CancellationToken.None);

    private CapabilityFile Parse() => CapabilityFile.TryParse(_json, out var file, out var flaw) ? file : throw new InvalidOperationException(flaw);
}
