using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Storage;
using Repository.Infrastructure.Keys;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Keys;

public sealed class SecretsAtRestTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_stored_answer_is_not_to_be_read_in_the_databases_files()
    {
        var hash = MachineCalls.NewHash();
        using var answer = await App.PostMachineAsync(hash, Ct, ("Idempotency-Key", "the-key-of-this-request"));
        var date = await MachineCalls.DateOf(answer, Ct);
        Assert.Equal(1L, await App.ScalarSqlAsync("SELECT COUNT(*) FROM idempotency", Ct));

        foreach (var bytes in await ReadFilesAsync())
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(date)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf("lastAccessedDate\""u8));
            Assert.Equal(-1, bytes.AsSpan().IndexOf("the-key-of-this-request"u8));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(App.AdminKey)));
        }

        using var replay = await App.PostMachineAsync(hash, Ct, ("Idempotency-Key", "the-key-of-this-request"));
        Assert.Equal(date, await MachineCalls.DateOf(replay, Ct));
    }

    [Fact]
    public async Task The_master_key_is_in_no_file_but_its_own()
    {
        await App.RegisterAsync(Ct);
        var key = await File.ReadAllBytesAsync(Path.Combine(App.DataDirectory, "master.key"), Ct);

        Assert.All(await ReadFilesAsync(), bytes => Assert.Equal(-1, bytes.AsSpan().IndexOf(key)));
    }

    [Fact]
    public async Task A_signing_key_is_in_no_file()
    {
        await App.RegisterAsync(Ct);
        var key = (await App.Services.GetRequiredService<SigningKeyRing>().ReadAsync(Ct)).Signer;
        var secret = key.Algorithm.ExportParameters(includePrivateParameters: true).D!;

        Assert.All(await ReadFilesAsync(), bytes => Assert.Equal(-1, bytes.AsSpan().IndexOf(secret)));
        Assert.Contains(await ReadFilesAsync(), bytes => bytes.AsSpan().IndexOf(key.Row.Spki) >= 0);
    }

    /// <summary>The database and its log, in which what was just written is.</summary>
    private async Task<List<byte[]>> ReadFilesAsync()
    {
        SqliteConnection.ClearAllPools();
        var files = new List<byte[]>();
        foreach (var name in new[] { "repository.db", "repository.db-wal" })
        {
            await using var file = new FileStream(Path.Combine(App.DataDirectory, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new MemoryStream();
            await file.CopyToAsync(content, Ct);
            files.Add(content.ToArray());
        }

        Assert.Contains(files, bytes => bytes.AsSpan().IndexOf("machine-registered"u8) >= 0); // The search itself works.
        return files;
    }
}
