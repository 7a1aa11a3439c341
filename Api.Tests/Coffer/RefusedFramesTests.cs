using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Storage;
using static Repository.Api.Tests.Coffer.CofferTcpClient;

namespace Repository.Api.Tests.Coffer;

/// <summary>Every frame that may not come where it comes, in both dialects: no secret, a close, and the server goes on.</summary>
public sealed class RefusedFramesTests(ClassicApp server) : IClassFixture<ClassicApp>
{
    private const string NoKey = "The body of Hello is a client key of 32 bytes.";
    private const string Unknown = "Unknown type: a client says Hello (0x00), Get (0x02) or Bye (0x99).";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("000002", "Hello comes first.")] // Get
    [InlineData("000102ff", "Get has no body.")]
    [InlineData("001f00", NoKey)]
    [InlineData("002100", NoKey)]
    [InlineData("ffff00", NoKey)] // The largest body there is, of which no byte is waited for.
    [InlineData("000001", Unknown)] // Link
    [InlineData("000003", Unknown)] // OkGet
    [InlineData("0020aa", Unknown)] // KeyNotFound
    [InlineData("0000ff", Unknown)] // Error
    [InlineData("ffffff", Unknown)]
    [InlineData("ffffffffffffffff00", Unknown)] // A classic Hello of 2^64 - 1 bytes.
    [InlineData("474554202f20", Unknown)] // GET /
    [InlineData("160301020001", Unknown)] // TLS
    public async Task What_is_no_first_frame_is_an_error_of_the_design_dialect(string frame, string reason)
    {
        using var client = await ConnectAsync(server.App, Ct);

        await client.SendAsync(Ct, Convert.FromHexString(frame));

        Assert.Equal(reason, await client.IsRefusedAsync(Ct));
        await server.ServesAsync(Ct);
    }

    [Theory]
    [InlineData("000000", NoKey)]
    [InlineData("000001", Unknown)]
    [InlineData("00010200", "Get has no body.")]
    [InlineData("ffff02", "Get has no body.")]
    [InlineData("000003", Unknown)]
    [InlineData("0000aa", Unknown)]
    [InlineData("0000ff", Unknown)]
    [InlineData("ffff98", Unknown)]
    public async Task What_is_no_later_frame_is_an_error_of_the_design_dialect(string frame, string reason)
    {
        using var client = await ConnectAsync(server.App, Ct);

        await client.SendAsync(Ct, Design(Hello, server.Key.PublicKey), Convert.FromHexString(frame), Design(Get));

        await client.IsLinkedAsync(Ct);
        Assert.Equal(reason, await client.IsRefusedAsync(Ct));
        await server.ServesAsync(Ct);
    }

    [Fact]
    public async Task A_second_hello_is_refused_in_both_dialects()
    {
        using var design = await ConnectAsync(server.App, Ct);
        using var classic = await ConnectAsync(server.App, Ct);

        await design.SendAsync(Ct, Design(Hello, server.Key.PublicKey), Design(Hello, server.Key.PublicKey), Design(Get));
        await classic.SendAsync(Ct, Classic(Hello, server.Key.PublicKey), Classic(Hello, server.Key.PublicKey), Classic(Get));

        await design.IsLinkedAsync(Ct);
        Assert.Equal("Hello was said before.", await design.IsRefusedAsync(Ct));
        await classic.IsClosedAsync(Ct);
    }

    [Theory]
    [InlineData("000000000000000000")] // Hello without a key.
    [InlineData("000000000000001f00")]
    [InlineData("000000000000002100")]
    [InlineData("00000000000000000200")] // Get
    [InlineData("000000000000000001")]
    [InlineData("000000000000000005")]
    [InlineData("0000000000000000ff")]
    [InlineData("000000000000000099")] // Bye is no error, and closes as well.
    [InlineData("000000000001000000")] // A body of one byte more than there may be.
    [InlineData("000000000001000099")]
    [InlineData("000000ffffffffff00")]
    public async Task What_is_no_first_frame_is_closed_in_the_classic_dialect(string frame)
    {
        using var client = await ConnectAsync(server.App, Ct);

        await client.SendAsync(Ct, Convert.FromHexString(frame));

        await client.IsClosedAsync(Ct);
        await server.ServesAsync(Ct);
    }

    [Theory]
    [InlineData("000000000000000102ff")] // Get with a body.
    [InlineData("000000000000000003")]
    [InlineData("000000000000000005")]
    [InlineData("0000000000000000aa")]
    [InlineData("000000000001000002")]
    [InlineData("000000000001000099")]
    [InlineData("ffffffffffffffff02")]
    public async Task What_is_no_later_frame_is_closed_in_the_classic_dialect(string frame)
    {
        using var client = await ConnectAsync(server.App, Ct);

        await client.SendAsync(Ct, Classic(Hello, server.Key.PublicKey), Convert.FromHexString(frame), Classic(Get));

        await client.IsClosedAsync(Ct);
        await server.ServesAsync(Ct);
    }

    [Fact]
    public async Task A_bye_closes_wherever_it_comes_and_whatever_it_holds()
    {
        byte[][][] talks =
        [
            [Design(Bye)],
            [Design(Bye, new byte[65_535])],
            [Classic(Bye, new byte[65_535])],
            [Classic(Hello, server.Key.PublicKey), Classic(Bye, new byte[65_535])],
        ];
        foreach (var talk in talks)
        {
            using var client = await ConnectAsync(server.App, Ct);
            await client.SendAsync(Ct, talk);
            await client.IsClosedAsync(Ct);
        }
    }

    [Fact]
    public async Task A_key_of_low_order_is_not_found_even_where_a_shard_has_its_name()
    {
        var key = new byte[32];
        await using var app = await RepositoryApp.StartAsync(DatabaseProvider.Sqlite, Ct, ("Coffer:ClassicDialect", "true"));
        await app.DefineAsync($"[web]\nid = \"{Convert.ToHexStringLower(key)}\"\na = 1", Ct);
        using var design = await ConnectAsync(app, Ct);
        using var classic = await ConnectAsync(app, Ct);

        await design.SendAsync(Ct, Design(Hello, key), Design(Get));
        await classic.SendAsync(Ct, Classic(Hello, key), Classic(Get));

        Assert.Equal(KeyNotFound, (await design.ReadDesignAsync(Ct)).Type);
        await design.IsClosedAsync(Ct);
        await classic.IsClosedAsync(Ct);
    }

    [Fact]
    public async Task Half_a_first_frame_is_answered_by_nothing()
    {
        byte[] design = Design(Hello, server.Key.PublicKey), classic = Classic(Hello, server.Key.PublicKey);
        foreach (var hello in (byte[][])[design, classic])
        {
            for (var length = 0; length < hello.Length; length++)
            {
                using var client = await ConnectAsync(server.App, Ct);
                await client.SendAsync(Ct, hello[..length]);
                client.EndSending();
                await client.IsClosedAsync(Ct);
            }
        }
    }
}
