using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Repository.Api.Hosting.Connections;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Connections;

public sealed class ListeningForConnectionsTests
{
    private const string Open = "repository.connections.open";
    private const string Refused = "repository.connections.refused";
    private const string Overdue = "repository.connections.overdue";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_port_that_is_started_listens_and_it_may_be_started_again()
    {
        await using var test = new TestPort(TestPort.EchoAsync);
        Assert.Null(test.Port.BoundAddress);
        IPEndPoint? last = null;
        for (var life = 0; life < 3; life++)
        {
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => test.Port.StartAsync(Ct)));
            Assert.NotEqual(0, test.Port.BoundAddress!.Port);
            Assert.True(last is null || last.Port == test.Port.BoundAddress.Port || !await TestClients.IsListeningAsync(last, Ct));
            last = test.Port.BoundAddress;
            using var client = await test.ConnectAsync(Ct);
            await client.EchoesAsync(Ct);

            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => test.Port.StopAsync(Ct)));

            await client.IsClosedAsync(Ct);
            Assert.Null(test.Port.BoundAddress);
            Assert.Equal(0, test.Port.OpenConnections);
            Assert.False(await TestClients.IsListeningAsync(last, Ct));
        }

        Assert.Equal(0, test.Measured(Open));
    }

    [Fact]
    public async Task A_connection_too_many_is_closed_at_once_and_the_others_go_on()
    {
        await using var test = new TestPort(TestPort.EchoAsync, maxConnections: 3);
        await test.Port.StartAsync(Ct);
        var first = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => test.ConnectAsync(Ct)));
        await Task.WhenAll(first.Select(client => client.EchoesAsync(Ct)));

        var late = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => test.ConnectAsync(Ct)));
        await Task.WhenAll(late.Select(client => client.IsClosedAsync(Ct)));

        Assert.Equal(3, test.Measured(Open));
        Assert.Equal(16, test.Measured(Refused));
        await Task.WhenAll(first.Select(client => client.EchoesAsync(Ct)));
        first[0].Dispose();
        await test.WaitForOpenAsync(2, Ct);
        using var next = await test.ConnectAsync(Ct);
        await next.EchoesAsync(Ct);
    }

    [Fact]
    public async Task A_handler_that_fails_ends_its_own_connection_and_no_other()
    {
        var calls = 0;
        await using var test = new TestPort(connection => Interlocked.Increment(ref calls) == 2
            ? throw new InvalidOperationException("The second fails.")
            : TestPort.EchoAsync(connection));
        await test.Port.StartAsync(Ct);
        using var first = await test.ConnectAsync(Ct);
        await first.EchoesAsync(Ct);
        using var second = await test.ConnectAsync(Ct);

        await second.IsClosedAsync(Ct);

        await first.EchoesAsync(Ct);
        using var third = await test.ConnectAsync(Ct);
        await third.EchoesAsync(Ct);
        Assert.Single(test.Log.Lines, line => line.Contains("The second fails.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_ends_when_its_time_is_over_and_not_before()
    {
        await using var test = new TestPort(connection =>
        {
            connection.Features.Get<IConnectionLease>()!.EndAfter(TimeSpan.FromSeconds(10));
            return TestPort.EchoAsync(connection);
        });
        await test.Port.StartAsync(Ct);
        using var client = await test.ConnectAsync(Ct);
        await client.EchoesAsync(Ct);

        test.Clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        await client.EchoesAsync(Ct);
        test.Clock.Advance(TimeSpan.FromSeconds(1));

        await client.IsClosedAsync(Ct);
        await test.WaitForOpenAsync(0, Ct);
        Assert.Equal(1, test.Measured(Overdue));
        Assert.DoesNotContain(test.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_side_that_reads_nothing_is_let_go()
    {
        await using var test = new TestPort(connection => FloodAsync(connection));
        await test.Port.StartAsync(Ct);
        using var client = await test.ConnectAsync(Ct);
        await test.WaitForOpenAsync(1, Ct);
        while (test.Port.OpenConnections > 0)
        {
            Ct.ThrowIfCancellationRequested();
            test.Clock.Advance(BoundPort.SendPatience);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_stop_waits_for_an_answer_but_not_for_ever()
    {
        var answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var test = new TestPort(async connection =>
        {
            answering.SetResult();
            await released.Task.WaitAsync(connection.Features.Get<IConnectionLease>()!.Ended);
            await connection.Transport.Output.WriteAsync("y"u8.ToArray(), Ct);
        });
        await test.Port.StartAsync(Ct);
        using var client = await test.ConnectAsync(Ct);
        await answering.Task.WaitAsync(Ct);
        var stop = test.Port.StopAsync(Ct);
        Assert.False(stop.IsCompleted);

        released.SetResult();

        await stop;
        Assert.Equal((byte)'y', client.GetStream().ReadByte());
        await client.IsClosedAsync(Ct);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stop_ends_a_handler_that_does_not_end_itself(bool isImpatient)
    {
        var answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var test = new TestPort(connection =>
        {
            answering.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, connection.Features.Get<IConnectionLease>()!.Ended);
        });
        await test.Port.StartAsync(Ct);
        using var client = await test.ConnectAsync(Ct);
        await answering.Task.WaitAsync(Ct);

        var stop = test.Port.StopAsync(new CancellationToken(isImpatient));
        while (!isImpatient && !stop.IsCompleted)
        {
            Ct.ThrowIfCancellationRequested();
            test.Clock.Advance(BoundPort.StopPatience);
            await Task.Yield();
        }

        await stop;
        await client.IsClosedAsync(Ct);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9187")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("127.1:9187")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("localhost:9187")]
    [InlineData("tcp://127.0.0.1:9187")]
    [InlineData("192.0.2.1:9187")] // Of another machine.
    public async Task An_address_that_cannot_be_listened_on_is_refused_by_its_setting(string address)
    {
        await using var test = new TestPort(TestPort.EchoAsync, address: address);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => test.Port.StartAsync(Ct));

        Assert.StartsWith($"{TestPort.Setting}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Null(test.Port.BoundAddress);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_refused_until_it_is_free()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var address = holder.LocalEndpoint.ToString()!;
        await using var test = new TestPort(TestPort.EchoAsync, address: address);
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => test.Port.StartAsync(Ct));
        Assert.StartsWith($"{TestPort.Setting}: {address}: ", refusal.Message, StringComparison.Ordinal);
        holder.Stop();

        await test.Port.StartAsync(Ct);

        using var client = await test.ConnectAsync(Ct);
        await client.EchoesAsync(Ct);
    }

    [Fact]
    public void Addresses_of_both_families_are_read()
    {
        Assert.True(ListenAddress.TryParse("0.0.0.0:0", out _));
        Assert.True(ListenAddress.TryParse("[::1]:9187", out var address));
        Assert.Equal(9187, address.Port);
    }

    private static async Task FloodAsync(ConnectionContext connection)
    {
        var lease = connection.Features.Get<IConnectionLease>()!;
        lease.EndAfter(TimeSpan.FromSeconds(30));
        while (await connection.Transport.Output.WriteAsync(new byte[4096], lease.Ended) is { IsCompleted: false })
        {
            // Goes on until the other side's window and this side's buffer are full.
        }
    }
}
