using System.Net;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Storage;
using static Repository.Api.Tests.Coffer.CofferTcpClient;

namespace Repository.Api.Tests.Coffer;

/// <summary>The files that the Rust project published: its server's pair, its sealed definition, its client's pair.</summary>
public sealed class PublishedVectorsOverTcpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_published_client_gets_the_published_secrets_over_both_dialects()
    {
        using var folder = new TestFolder();
        await File.WriteAllBytesAsync(folder.File("server.cert"), await CofferCalls.VectorAsync("server.cert", Ct), Ct);
        await using var app = await RepositoryApp.StartAsync(
            DatabaseProvider.Sqlite,
            Ct,
            ("Coffer:ClassicDialect", "true"),
            ("Coffer:CertificateFile", folder.File("server.cert")));
        using var defined = await app.Administrator.PutDefinitionAsync(await CofferCalls.VectorAsync("coffer.enc", Ct), CofferCalls.Bytes, Ct);
        await defined.IsAsync(HttpStatusCode.OK, Ct);
        var published = CofferClient.Load(await CofferCalls.VectorAsync("client.cert", Ct));

        using var design = await ConnectAsync(app, Ct);
        await design.SendAsync(Ct, Design(Hello, published.PublicKey), Design(Get), Design(Bye));
        await design.IsLinkedAsync(Ct);
        Assert.Equal(
            "[{\"key\": \"key1\", \"value\": \"secret1\"}, {\"key\": \"key2\", \"value\": \"secret2\"}]",
            await design.ReadSecretsAsync(published, Ct));
        await design.IsClosedAsync(Ct);

        using var classic = await ConnectAsync(app, Ct);
        await classic.SendAsync(Ct, Classic(Hello, published.PublicKey), Classic(Get));
        Assert.Equal(
            "[[\"key1\", {\"String\": \"secret1\"}], [\"key2\", {\"String\": \"secret2\"}]]",
            await classic.ReadClassicSecretsAsync(published, Ct));
        await classic.SendAsync(Ct, Classic(Bye));
        await classic.IsClosedAsync(Ct);
    }

    [Fact]
    public async Task The_example_of_the_documentation_is_what_these_files_give()
    {
        var documentation = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "formats.md"), Ct);
        var text = string.Concat(documentation.Where(static letter => !char.IsWhiteSpace(letter))); // Where it breaks a line does not matter.
        var server = CofferClient.Load(await CofferCalls.VectorAsync("server.cert", Ct));
        var client = CofferClient.Load(await CofferCalls.VectorAsync("client.cert", Ct));
        Secret[] secrets = [new Secret("key1", new SecretValue.Text("secret1")), new Secret("key2", new SecretValue.Text("secret2"))];
        var list = SecretList.Encode(secrets);
        var nonce = Enumerable.Range(0, 24).Select(static i => (byte)i).ToArray();
        var box = ClientSodium.Box(list, nonce, client.PublicKey, server.PrivateKey);

        Assert.Contains(Hex(Design(Hello, client.PublicKey)), text, StringComparison.Ordinal);
        Assert.Contains(Hex(Classic(Hello, client.PublicKey)), text, StringComparison.Ordinal);
        Assert.Contains($"{Hex(Design(OkGet, [.. nonce, .. box])[..27])}OkGet,withthenonce0001…17{Hex(box)}", text, StringComparison.Ordinal);
        Assert.Contains(Hex(list), text, StringComparison.Ordinal);
        Assert.Contains(Hex(ClassicSecretList.Encode(secrets).Bytes.ToArray()), text, StringComparison.Ordinal);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
