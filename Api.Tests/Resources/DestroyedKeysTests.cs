using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Resources;

/// <summary>Of a destroyed key nothing is left in the database's files, not even sealed: that is the forward secrecy.</summary>
public sealed class DestroyedKeysTests() : DatabaseTests(DatabaseProvider.Sqlite)
{
    /// <summary>Enough rows for several pages, so that pages are split and merged.</summary>
    private const int Windows = 90;

    [Fact]
    public async Task What_has_passed_is_in_no_file_once_it_was_swept()
    {
        var resource = await App.NewResourceAsync(Ct);
        var peers = new[] { await App.NewResourceAsync(Ct, resource.Owner), await App.NewResourceAsync(Ct, resource.Owner) };
        for (var i = 0; i < Windows; i++)
        {
            await resource.KeyAsync(WindowCalls.Start - (900 * i), Ct);
            await resource.KeyAsync(WindowCalls.Start - (900 * i), Ct, peer: peers[i % 2].Guid);
        }

        var keys = await SealedKeysAsync();
        Assert.Equal(2 * Windows, keys.Count);
        Assert.All(await FoundAsync(keys), Assert.True); // The search itself works.

        App.Clock.Advance(TimeSpan.FromHours(12)); // Half of them.
        await App.SweepAsync(Ct);
        var left = await SealedKeysAsync();
        Assert.InRange(left.Count, 1, keys.Count - 1);
        Assert.All(await FoundAsync([.. keys.Except(left)]), Assert.False);

        App.Clock.Advance(TimeSpan.FromHours(13));
        await App.SweepAsync(Ct);
        Assert.Empty(await SealedKeysAsync());
        Assert.All(await FoundAsync(keys), Assert.False);
    }

    [Fact]
    public async Task What_was_retired_or_deleted_with_its_resource_is_in_no_file_at_once()
    {
        var resource = await App.NewResourceAsync(Ct);
        var peer = await App.NewResourceAsync(Ct, resource.Owner);
        await resource.KeyAsync(WindowCalls.Start, Ct, pin: true);
        var retired = await SealedKeysAsync();
        await resource.KeyAsync(WindowCalls.Start - 900, Ct, pin: true);
        await resource.KeyAsync(WindowCalls.Start - 1800, Ct);
        await peer.KeyAsync(WindowCalls.Start, Ct, peer: resource.Guid, pin: true);
        var keys = await SealedKeysAsync();

        using var retirement = await App.RetireAsync(resource, WindowCalls.Start, Ct);
        Assert.Equal(HttpStatusCode.NoContent, retirement.StatusCode);
        Assert.All(await FoundAsync(retired), Assert.False);
        Assert.All(await FoundAsync([.. keys.Except(retired)]), Assert.True);
        using var deletion = await App.SessionOf(resource.Owner).DeleteResourceAsync(resource.Guid, Ct);

        Assert.Equal(HttpStatusCode.NoContent, deletion.StatusCode);
        Assert.All(await FoundAsync(keys), Assert.False);
    }

    [Fact]
    public async Task A_reader_that_stands_before_the_end_delays_it_only()
    {
        var resource = await App.NewResourceAsync(Ct);
        await resource.KeyAsync(WindowCalls.Start, Ct, pin: true);
        var keys = await SealedKeysAsync();
        await using (var reader = Connect())
        {
            await reader.OpenAsync(Ct);
#pragma warning disable CA1849 // The asynchronous one would be no reader: it takes the writer's lock.
            await using var snapshot = reader.BeginTransaction(deferred: true);
#pragma warning restore CA1849
            await using var command = reader.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM window_keys";
            Assert.Equal(1L, await command.ExecuteScalarAsync(Ct));

            using var retired = await App.RetireAsync(resource, WindowCalls.Start, Ct);
            Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
            Assert.All(await FoundAsync(keys), Assert.True); // Its snapshot is in the log.
        }

        await resource.KeyAsync(WindowCalls.Start - 900, Ct); // The next write.
        Assert.All(await FoundAsync(keys), Assert.False);
    }

    [Fact]
    public async Task No_secret_is_in_the_files_as_it_is()
    {
        var resource = await App.NewResourceAsync(Ct);
        var token = resource.Instance.DefaultRequestHeaders.Authorization!.Parameter!;
        var secret = System.Buffers.Text.Base64Url.DecodeFromChars(token.AsSpan()[^43..]);
        var key = await resource.KeyAsync(WindowCalls.Start, Ct, pin: true);
        var windowKey = await App.WindowKeyAsync(resource.Guid, resource.Guid, WindowCalls.Start, Ct);

        byte[][] secrets = [secret, Encoding.ASCII.GetBytes(token[^43..]), Convert.FromBase64String(key), Encoding.ASCII.GetBytes(key), windowKey];

        Assert.All(await FoundAsync([.. secrets.Select(Convert.ToHexString)]), Assert.False);
    }

    private SqliteConnection Connect() => new(new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(App.DataDirectory, "repository.db"),
        Pooling = false,
    }.ToString());

    /// <summary>The keys that the table holds, sealed, in hex.</summary>
    private async Task<List<string>> SealedKeysAsync()
    {
        await using var connection = Connect();
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT hex(sealed_key) FROM window_keys WHERE length(sealed_key) > 0";
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var keys = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }

    /// <summary>Whether the database's file or its log holds each of these: any 16 bytes of them would do.</summary>
    private async Task<List<bool>> FoundAsync(List<string> hex)
    {
        SqliteConnection.ClearAllPools();
        var files = new List<byte[]>();
        foreach (var name in Directory.GetFiles(App.DataDirectory, "repository.db*"))
        {
            await using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new MemoryStream();
            await file.CopyToAsync(content, Ct);
            files.Add(content.ToArray());
        }

        return [.. hex.Select(Convert.FromHexString).Select(secret => files.Exists(file => Holds(file, secret)))];
    }

    private static bool Holds(byte[] file, byte[] secret)
    {
        for (var at = 0; at + 16 <= secret.Length; at += 16)
        {
            if (file.AsSpan().IndexOf(secret.AsSpan(at, 16)) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
