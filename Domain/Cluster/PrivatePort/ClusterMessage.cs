using System.Diagnostics.CodeAnalysis;
using Repository.Domain.Audit;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// What nodes say to each other once a caller has proved itself: CBOR maps with a <c>type</c> (design/formats.md, Cluster). The caller asks,
/// the server answers, in turn.
/// </summary>
public abstract record ClusterMessage
{
    private ClusterMessage()
    {
    }

    /// <summary>Reads a peer's message. A map without a type, with a member too many or too few, or of another kind is false.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out ClusterMessage? message) =>
        ClusterMessageReader.TryRead(encoded, out message);

    /// <summary>Definite lengths, <c>type</c> first.</summary>
    public byte[] ToCbor() => ClusterMessageWriter.Write(this);

    /// <summary><c>{type: "keepAlive", n}</c>, answered by <see cref="Ack"/> with the same number.</summary>
    public sealed record KeepAlive(ulong N) : ClusterMessage;

    /// <summary><c>{type: "ack", n}</c>, or without a number where the message had none.</summary>
    public sealed record Ack(ulong? N) : ClusterMessage;

    /// <summary><c>{type: "getCluster"}</c>, answered by <see cref="ClusterMembers"/>.</summary>
    public sealed record GetCluster : ClusterMessage;

    /// <summary><c>{type: "clusterMembers", members: [{nodeId, name, state, ck, sk, endpoints, digSig}]}</c>.</summary>
    public sealed record ClusterMembers(IReadOnlyList<PresentedMember> Members) : ClusterMessage;

    /// <summary><c>{type: "auditHead", nodeId, sequence, hash, date, signature}</c>, answered by <see cref="Ack"/>.</summary>
    public sealed record AuditHead(CountersignedHead Head) : ClusterMessage;

    /// <summary><c>{type: "bye"}</c>, answered by <see cref="Ack"/>; then the server closes.</summary>
    public sealed record Bye : ClusterMessage;

    /// <summary><c>{type: "error", reason}</c>; whoever sent it closes.</summary>
    public sealed record Error(string Reason) : ClusterMessage;
}

/// <summary>A member as a node presents it to another: whoever reads it checks the signature.</summary>
/// <param name="Descriptor">What the member signed.</param>
/// <param name="State"><c>active</c> or <c>disabled</c>.</param>
/// <param name="DigSig">RS256 by the member's <c>sk</c> over <see cref="MemberDescriptor.ToSignedBytes"/>.</param>
public sealed record PresentedMember(MemberDescriptor Descriptor, string State, byte[] DigSig);
