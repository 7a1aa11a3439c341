using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Repository.Api.Coffer.Tcp;
using Repository.Api.Hosting.Connections;
using Repository.Api.Tests.Connections;
using Repository.Api.Tests.Hosting;
using static Repository.Api.Tests.Coffer.CofferTcpClient;

namespace Repository.Api.Tests.Coffer;

/// <summary>Silence and slow frames. On pipes in memory what was sent is also received, so that the times are exact.</summary>
public sealed class FramePatienceTests(ClassicApp server) : IClassFixture<ClassicApp>
{
    private static readonly TimeSpan AfterSilence = TimeSpan.FromSeconds(10);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0020")]
    [InlineData("002000")]
    [InlineData("000000")]
    [InlineData("0000000000000020")]
    [InlineData("000000000000002000aabb")]
    public async Task A_connection_may_be_silent_for_ten_seconds_wherever_it_stands(string sent)
    {
        using var talk = new Talk(server);
        if (sent.Length > 0)
        {
            await talk.SendAsync(Convert.FromHexString(sent), Ct);
        }

        Assert.Equal(AfterSilence, talk.Left);
        await talk.EndAsync(Ct);
    }

    [Fact]
    public async Task Every_byte_of_a_frame_gives_ten_seconds_but_the_frame_has_thirty()
    {
        byte[][] hellos = [Design(Hello, server.Key.PublicKey), Classic(Hello, server.Key.PublicKey)];
        foreach (var hello in hellos)
        {
            using var talk = new Talk(server);
            foreach (var (seconds, left) in ((int, int)[])[(0, 10), (9, 10), (18, 10), (20, 10), (27, 3), (29, 1), (29, 1)])
            {
                talk.AdvanceTo(seconds);
                await talk.SendAsync([hello[talk.Sent]], Ct);
                Assert.Equal(TimeSpan.FromSeconds(left), talk.Left);
            }

            talk.AdvanceTo(30);
            Assert.Equal(TimeSpan.Zero, talk.Left);
            await talk.EndAsync(Ct);
        }
    }

    [Fact]
    public async Task The_next_frame_has_thirty_seconds_of_its_own()
    {
        using var talk = new Talk(server);
        byte[] hello = Design(Hello, server.Key.PublicKey), bye = [0x99, 0x99, Bye]; // Its body is 0x9999 bytes.
        await talk.SendAsync(hello[..10], Ct);
        talk.AdvanceTo(9);
        await talk.SendAsync([.. hello[10..], bye[0]], Ct);
        await talk.ReadAsync(3, Ct);
        Assert.Equal(AfterSilence, talk.Left);
        foreach (var (seconds, left) in ((int, int)[])[(18, 10), (27, 10), (36, 3)])
        {
            talk.AdvanceTo(seconds);
            await talk.SendAsync([bye[1]], Ct);
            Assert.Equal(TimeSpan.FromSeconds(left), talk.Left);
        }

        await talk.EndAsync(Ct);
    }

    [Fact]
    public async Task A_silent_connection_is_closed()
    {
        using var silent = await ConnectAsync(server.App, Ct);
        using var half = await ConnectAsync(server.App, Ct);
        using var linked = await ConnectAsync(server.App, Ct);
        await half.SendAsync(Ct, [0]);
        await linked.SendAsync(Ct, Design(Hello, server.Key.PublicKey));
        await linked.IsLinkedAsync(Ct);
        var closed = Task.WhenAll(silent.IsClosedAsync(Ct), half.IsClosedAsync(Ct), linked.IsClosedAsync(Ct));
        while (!closed.IsCompleted)
        {
            Ct.ThrowIfCancellationRequested();
            server.App.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await closed;
        await server.ServesAsync(Ct);
    }

    /// <summary>A conversation over pipes in memory, with the lease in the test's hands.</summary>
    private sealed class Talk : IConnectionLease, IDisposable
    {
        private readonly ManualClock _clock = new();
        private readonly DateTimeOffset _start;
        private readonly Pipe _toServer = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline));
        private readonly Pipe _toClient = new();
        private readonly CofferConversation _conversation;
        private readonly Task _running;
        private DateTimeOffset _ends;

        public Talk(ClassicApp server)
        {
            _start = _clock.GetUtcNow();
            _conversation = new CofferConversation(
                new Ends(_toServer.Reader, _toClient.Writer),
                server.App.Services.GetRequiredService<DialectChoice>(),
                new FramePatience(this, _clock),
                NullLogger.Instance);
            _running = _conversation.RunAsync(Ct);
        }

        public CancellationToken Ended => Ct;

        /// <summary>How long the connection may go on as it is.</summary>
        public TimeSpan Left => _ends - _clock.GetUtcNow();

        public int Sent { get; private set; }

        public void EndAfter(TimeSpan span) => _ends = _clock.GetUtcNow() + span;

        public void AdvanceTo(int seconds) => _clock.Advance(_start + TimeSpan.FromSeconds(seconds) - _clock.GetUtcNow());

        public async Task SendAsync(byte[] bytes, CancellationToken ct)
        {
            Sent += bytes.Length;
            await _toServer.Writer.WriteAsync(bytes, ct);
        }

        /// <summary>Reads an answer; afterwards the conversation waits again.</summary>
        public async Task ReadAsync(int count, CancellationToken ct)
        {
            var read = await _toClient.Reader.ReadAtLeastAsync(count, ct);
            Assert.Equal(count, read.Buffer.Length);
            _toClient.Reader.AdvanceTo(read.Buffer.End);
            while (Left > AfterSilence) // The answer's patience is longer.
            {
                ct.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        /// <summary>The port cancels the read: the conversation is over.</summary>
        public Task EndAsync(CancellationToken ct)
        {
            _toServer.Reader.CancelPendingRead();
            return _running.WaitAsync(ct);
        }

        public void Dispose() => _conversation.Dispose();

        private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
    }
}
