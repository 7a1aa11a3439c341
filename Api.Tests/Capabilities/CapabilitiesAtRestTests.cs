using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Machines;
using Repository.Api.Tests.Software;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

/// <summary>
/// Who steals the database learns neither what capabilities say nor what the hashes in it were made of. A dump is searched for both,
/// after everything was done that could have left them there.
/// </summary>
public abstract class CapabilitiesAtRestTests(DatabaseProvider provider) : DatabaseTests(provider)
{
    private const string MachineGuid = "4C4C4544-0051-3610-8052-B4C04F4E3132";
    private const string Email = "ada.quillfeather@example.org";
    private const string Feature = "zebra-edition/Ünïcode ✓/quantum \\\"plus\\\"";

    /// <summary>What a private key of P-256 begins with when it is not sealed: PKCS#8's version, then the algorithm.</summary>
    private static readonly byte[] PrivateKeyHead = Convert.FromHexString("020100301306072a8648ce3d020106082a8648ce3d030107");

    [Fact]
    public async Task A_dump_holds_no_content_of_a_capability_and_no_input_of_a_hash()
    {
        var machine = Derive("repository-machine-v1", MachineGuid, Derive("repository-hardware-v1", "WD-WX11A9088K7P"));
        var issuer = new TestUser(Derive("a user of the test", Email), TestKey.Make(SigningKeyKind.P256));
        await App.RegisterUserAsync(issuer, Ct);
        using var registered = await App.PostMachineAsync(machine, Ct);
        var capability = TestCapability.Of(issuer, await App.CreateSoftwareAsync(issuer.Guid, Ct))
            .With("features", $$"""{"{{Feature}}":["left-handed teapot",{"seat colour":"vermilion"}]}""")
            .With("notAfter", App.Clock.GetUtcNow().AddYears(1));

        using var refused = await App.PutSeatAsync(capability.SignedBy(TestUser.Make()), machine, Ct, ("Idempotency-Key", "refused"));
        using var put = await App.PutSeatAsync(capability, machine, Ct, ("Idempotency-Key", "activated"));
        var token = (await put.IsAsync(HttpStatusCode.Created, Ct)).GetProperty("token").GetString()!;
        await App.VerifyCapabilityAsync(capability.Json, Ct, machine);
        using var released = await App.DeleteSeatAsync(capability, machine, Ct, ("Idempotency-Key", "released"));
        await App.ActivateAsync(capability, machine, Ct);
        await App.RevokeAsync(capability, Ct);

        var dump = await DumpAsync();
        Assert.True(dump.Holds(Convert.FromHexString(capability.Guid)), "The search itself does not work.");
        Assert.True(dump.Holds("capability-revoked"), "The search itself does not work.");
        Assert.All(
            [
                Feature,
                "zebra-edition",
                "left-handed teapot",
                "vermilion",
                "features",
                capability.Content,
                capability.Json,
                Convert.ToBase64String(capability.Signature),
                token,
                token.Split('.')[2],
                MachineGuid,
                "WD-WX11A9088K7P",
                Email,
                "PRIVATE KEY",
                App.AdminKey,
            ],
            text => Assert.False(dump.Holds(text), $"The dump holds {text}."));
        Assert.False(dump.Holds(capability.Signature), "The dump holds the signature.");
        Assert.False(dump.Holds(PrivateKeyHead), "The dump holds a private key.");
        Assert.DoesNotContain(App.LogLines, line =>
            line.Contains("vermilion", StringComparison.Ordinal) || line.Contains(token.Split('.')[2], StringComparison.Ordinal));
    }

    /// <summary>Everything that is in the database, and on SQLite in the rest of the data directory.</summary>
    private protected abstract Task<Dump> DumpAsync();

    private static string Derive(string label, params string[] values)
    {
        var bytes = new List<byte>(Encoding.ASCII.GetBytes(label));
        foreach (var value in values)
        {
            var text = Encoding.UTF8.GetBytes(value);
            var length = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)text.Length);
            bytes.AddRange([.. length, .. text]);
        }

        return Convert.ToHexStringLower(SHA256.HashData([.. bytes]));
    }

    /// <summary>Pieces of a database as they would be stolen.</summary>
    private protected sealed class Dump(IReadOnlyList<byte[]> pieces)
    {
        public bool Holds(string text) => Holds(Encoding.UTF8.GetBytes(text));

        /// <summary>Whether the bytes are there, as they are or in hex.</summary>
        public bool Holds(byte[] bytes)
        {
            var hex = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes));
            return pieces.Any(piece => piece.AsSpan().IndexOf(bytes) >= 0 || piece.AsSpan().IndexOf(hex) >= 0);
        }
    }

    public sealed class OnSqlite() : CapabilitiesAtRestTests(DatabaseProvider.Sqlite)
    {
        private protected override async Task<Dump> DumpAsync()
        {
            SqliteConnection.ClearAllPools();
            var files = new List<byte[]>();
            foreach (var path in Directory.EnumerateFiles(App.DataDirectory, "*", SearchOption.AllDirectories))
            {
                if (string.Equals(Path.GetFileName(path), "repository.lock", StringComparison.Ordinal))
                {
                    continue; // Empty, and the server's alone.
                }

                await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var content = new MemoryStream();
                await file.CopyToAsync(content, Ct);
                files.Add(content.ToArray());
            }

            Assert.InRange(files.Count, 2, 10); // The database and its log at the least.
            return new Dump(files);
        }
    }

    public sealed class OnPostgres() : CapabilitiesAtRestTests(DatabaseProvider.Postgres)
    {
        private protected override async Task<Dump> DumpAsync()
        {
            await using var connection = new NpgsqlConnection(App.ConnectionString);
            await connection.OpenAsync(Ct);
            var tables = await ReadAsync(connection, "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()");
            Assert.Contains("seats", tables);
            var rows = new List<byte[]>();
            foreach (var table in tables)
            {
                rows.AddRange((await ReadAsync(connection, $"SELECT t::text FROM \"{table}\" t")).Select(Encoding.UTF8.GetBytes));
            }

            return new Dump(rows);
        }

        private static async Task<List<string>> ReadAsync(NpgsqlConnection connection, string sql)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of our own tables.
            command.CommandText = sql;
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(Ct);
            var values = new List<string>();
            while (await reader.ReadAsync(Ct))
            {
                values.Add(reader.GetString(0));
            }

            return values;
        }
    }
}
