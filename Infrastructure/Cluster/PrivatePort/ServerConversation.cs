using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;
using Repository.Infrastructure.Audit;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>Answers a member's messages, one after the other (design/formats.md, Cluster).</summary>
internal sealed class ServerConversation(NodeDirectory directory, PeerSightings sightings, PeerHeads heads, TimeProvider clock)
{
    /// <summary>How long a member may be silent: it says that it is there three times in this.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(15);

    /// <summary>In bytes: what a member can be at the most, in CBOR.</summary>
    private const int MaxMemberSize = 2_048;

    /// <summary>How many members one message holds: active ones before others, in the order of joining.</summary>
    public const int MaxMembers = FrameCipher.MaxMessageSize / MaxMemberSize;

    /// <summary>Goes on until the member leaves, is silent, or says what is none of the protocol's.</summary>
    public async Task ExecuteAsync(GreetedMember member, CancellationToken ct)
    {
        while (await ReadInTimeAsync(member.Channel, ct) is { } encoded)
        {
            sightings.Note(member.Node.Id);
            var answer = ClusterMessage.TryRead(encoded, out var message)
                ? Answer(message, member.Node)
                : new ClusterMessage.Error("No such message.");
            if (!await member.Channel.WriteAsync(answer.ToCbor(), ct) || answer is ClusterMessage.Error || message is ClusterMessage.Bye)
            {
                return;
            }
        }
    }

    private async Task<byte[]?> ReadInTimeAsync(MemberChannel channel, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(IdleTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            return await channel.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private ClusterMessage Answer(ClusterMessage message, Node caller)
    {
        switch (message)
        {
            case ClusterMessage.KeepAlive { N: var n }:
                return new ClusterMessage.Ack(n);
            case ClusterMessage.GetCluster:
                return Present();
            case ClusterMessage.AuditHead { Head: var head } when head.NodeId == caller.Id && head.IsSignedBy(caller.Descriptor.Sk):
                heads.Hear(head);
                return new ClusterMessage.Ack(N: null);
            case ClusterMessage.AuditHead:
                return new ClusterMessage.Error("That head is not signed by the node that tells it.");
            case ClusterMessage.Bye:
                return new ClusterMessage.Ack(N: null);
            default:
                return new ClusterMessage.Error("That is an answer, and nothing was asked.");
        }
    }

    private ClusterMessage.ClusterMembers Present() => new(
    [
        .. directory.Current.Where(static node => node.State != NodeState.Waiting)
            .OrderByDescending(static node => node.IsActive)
            .Take(MaxMembers)
            .Select(static node => new PresentedMember(node.Descriptor, node.IsActive ? "active" : "disabled", node.DigSig)),
    ]);
}
