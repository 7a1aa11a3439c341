using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>Reads what <see cref="ClusterMessageWriter"/> writes: exactly the members that a type has, in any order.</summary>
internal static class ClusterMessageReader
{
    private const int MaxReasonLength = 256;

    public static bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out ClusterMessage? message)
    {
        message = CborFields.TryRead(encoded, out var fields) ? Read(fields) : null;
        return message is not null;
    }

    private static ClusterMessage? Read(CborFields fields) => (fields.Text("type"), fields.Count) switch
    {
        ("keepAlive", 2) when fields.Number("n") is { } n => new ClusterMessage.KeepAlive(n),
        ("ack", 2) when fields.Number("n") is { } n => new ClusterMessage.Ack(n),
        ("ack", 1) => new ClusterMessage.Ack(N: null),
        ("getCluster", 1) => new ClusterMessage.GetCluster(),
        ("clusterMembers", 2) when fields.List<CborFields>("members") is { } members => ReadMembers(members),
        ("auditHead", 6) when ReadHead(fields) is { } head => new ClusterMessage.AuditHead(head),
        ("bye", 1) => new ClusterMessage.Bye(),
        ("error", 2) when fields.Text("reason") is { Length: <= MaxReasonLength } reason => new ClusterMessage.Error(reason),
        _ => null,
    };

    private static CountersignedHead? ReadHead(CborFields fields) =>
        fields.Bytes("nodeId") is { Length: NodeId.HashSize } nodeId
        && fields.Number("sequence") is { } sequence and <= long.MaxValue
        && fields.Bytes("hash") is { Length: AuditEntry.HashSize } hash
        && Rfc3339Date.TryParse(fields.Text("date"), out var date)
        && fields.Bytes("signature") is { Length: <= MemberDescriptor.MaxSignatureSize } signature
            ? new CountersignedHead(NodeId.Load(nodeId), (long)sequence, hash, date.Value, signature)
            : null;

    private static ClusterMessage.ClusterMembers? ReadMembers(IReadOnlyList<CborFields> fields)
    {
        var members = new List<PresentedMember>(fields.Count);
        foreach (var member in fields)
        {
            if (ReadMember(member) is not { } read)
            {
                return null;
            }

            members.Add(read);
        }

        return new ClusterMessage.ClusterMembers(members);
    }

    private static PresentedMember? ReadMember(CborFields fields)
    {
        if (fields.Count != 7
            || fields.Bytes("nodeId") is not { Length: NodeId.HashSize } nodeId
            || !MemberName.TryParse(fields.Text("name"), out var name)
            || fields.Text("state") is not (("active" or "disabled") and var state)
            || ReadKey(fields.Bytes("ck")) is not { } ck
            || ReadKey(fields.Bytes("sk")) is not { } sk
            || ReadEndpoints(fields.List<string>("endpoints")) is not { } endpoints
            || fields.Bytes("digSig") is not { Length: <= MemberDescriptor.MaxSignatureSize } digSig)
        {
            return null;
        }

        return new PresentedMember(new MemberDescriptor(name, NodeId.Load(nodeId), Attrs: 0, ck, sk, endpoints), state, digSig);
    }

    private static MemberKey? ReadKey(byte[]? spki) =>
        spki is { Length: > 0 and <= 1_024 } && MemberKey.TryParsePem(PemEncoding.WriteString("PUBLIC KEY", spki), out var key) ? key : null;

    private static List<MemberEndpoint>? ReadEndpoints(IReadOnlyList<string>? texts)
    {
        if (texts is not { Count: <= MemberDescriptor.MaxEndpoints })
        {
            return null;
        }

        var endpoints = new List<MemberEndpoint>(texts.Count);
        foreach (var text in texts)
        {
            if (!MemberEndpoint.TryParse(text, out var endpoint))
            {
                return null;
            }

            endpoints.Add(endpoint);
        }

        return endpoints;
    }
}
