using System.Net;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>
/// Takes a connection of the private port from its first byte to a proven member. To anyone else the port is silent: it takes at most the
/// hello off the wire and answers nothing; the connection is closed by whoever called this.
/// </summary>
internal sealed class ServerGreeting(HandshakeGate gate, HelloCheck hellos, CallerRefusals refusals, TimeProvider clock)
{
    /// <summary>From the first byte to the proof.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <returns>Null when the caller is to be left without an answer.</returns>
    public async Task<GreetedMember?> ExecuteAsync(FrameTransport transport, IPAddress? address, CancellationToken ct)
    {
        using var pending = gate.Enter(address);
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, pending.Evicted, timeout.Token);
        try
        {
            if (await GreetAsync(transport, pending, either.Token) is { } member)
            {
                gate.Remember(address);
                return member;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            refusals.Add(CallerRefusal.Late);
        }

        return null;
    }

    private async Task<GreetedMember?> GreetAsync(FrameTransport transport, PendingHandshake pending, CancellationToken ct)
    {
        // What costs nothing is asked first.
        if (await transport.ReadLengthAsync(ServerHandshake.MaxHelloSize, ct) is not { } length)
        {
            return Refuse(CallerRefusal.Gone);
        }

        if (!ServerHandshake.IsPossibleSize(length, hellos.ModulusSize))
        {
            return Refuse(CallerRefusal.WrongSize);
        }

        if (await transport.ReadBodyAsync(length, ct) is not { } hello)
        {
            return Refuse(CallerRefusal.Gone);
        }

        if (!pending.TryTakeDecryption())
        {
            return Refuse(CallerRefusal.TooMany);
        }

        switch (hellos.Judge(hello))
        {
            case HelloVerdict.Accepted { Handshake: var handshake, Caller: var caller }:
                using (handshake)
                {
                    return await AnswerAsync(transport, handshake, caller, ct);
                }

            case HelloVerdict.Refused { Reason: var reason }:
                return Refuse(reason);
            default:
                throw new InvalidOperationException("A hello is accepted or refused.");
        }
    }

    private async Task<GreetedMember?> AnswerAsync(FrameTransport transport, ServerHandshake handshake, Node caller, CancellationToken ct)
    {
#pragma warning disable CA2000 // The channel owns the ciphers, and whoever is given the member disposes of the channel; otherwise it is disposed of below.
        var reply = handshake.Reply(out var ciphers);
        var channel = new MemberChannel(transport, ciphers);
#pragma warning restore CA2000
        var isMember = false;
        try
        {
            if (!await transport.WriteAsync(reply, ct)
                || await channel.ReadAsync(ct) is not { } proof
                || !handshake.IsProvenBy(proof, caller.Descriptor.Sk))
            {
                return Refuse(CallerRefusal.NotProven);
            }

            isMember = hellos.IsActive(caller.Id); // Asked again: it may have been disabled since its hello.
            return isMember ? new GreetedMember(channel, caller) : Refuse(CallerRefusal.NotActive);
        }
        finally
        {
            if (!isMember)
            {
                channel.Dispose();
            }
        }
    }

    private GreetedMember? Refuse(CallerRefusal reason)
    {
        refusals.Add(reason);
        return null;
    }
}

/// <summary>A caller that has proved which node it is.</summary>
/// <param name="Channel">To be disposed of.</param>
/// <param name="Node">As the directory had it when it called.</param>
internal sealed record GreetedMember(MemberChannel Channel, Node Node);
