using System.Formats.Cbor;
using Repository.Domain.Encoding;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>Writes messages; <see cref="ClusterMessageReader"/> reads them.</summary>
internal static class ClusterMessageWriter
{
    public static byte[] Write(ClusterMessage message)
    {
        var writer = new CborWriter(CborConformanceMode.Strict);
        switch (message)
        {
            case ClusterMessage.KeepAlive { N: var n }:
                Begin(writer, "keepAlive", members: 1);
                writer.WriteTextString("n");
                writer.WriteUInt64(n);
                break;
            case ClusterMessage.Ack { N: { } n }:
                Begin(writer, "ack", members: 1);
                writer.WriteTextString("n");
                writer.WriteUInt64(n);
                break;
            case ClusterMessage.Ack:
                Begin(writer, "ack", members: 0);
                break;
            case ClusterMessage.GetCluster:
                Begin(writer, "getCluster", members: 0);
                break;
            case ClusterMessage.ClusterMembers { Members: var members }:
                Begin(writer, "clusterMembers", members: 1);
                WriteMembers(writer, members);
                break;
            case ClusterMessage.AuditHead head:
                Begin(writer, "auditHead", members: 5);
                WriteHead(writer, head);
                break;
            case ClusterMessage.Bye:
                Begin(writer, "bye", members: 0);
                break;
            case ClusterMessage.Error { Reason: var reason }:
                Begin(writer, "error", members: 1);
                writer.WriteTextString("reason");
                writer.WriteTextString(reason);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message, "No such message.");
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void Begin(CborWriter writer, string type, int members)
    {
        writer.WriteStartMap(members + 1);
        writer.WriteTextString("type");
        writer.WriteTextString(type);
    }

    private static void WriteHead(CborWriter writer, ClusterMessage.AuditHead message)
    {
        var head = message.Head;
        WriteBytes(writer, "nodeId", head.NodeId.ToByteArray());
        writer.WriteTextString("sequence");
        writer.WriteInt64(head.Sequence);
        WriteBytes(writer, "hash", head.Hash);
        WriteText(writer, "date", Rfc3339Date.Spell(head.Date));
        WriteBytes(writer, "signature", head.Signature);
    }

    private static void WriteMembers(CborWriter writer, IReadOnlyList<PresentedMember> members)
    {
        writer.WriteTextString("members");
        writer.WriteStartArray(members.Count);
        foreach (var member in members)
        {
            WriteMember(writer, member);
        }

        writer.WriteEndArray();
    }

    private static void WriteMember(CborWriter writer, PresentedMember member)
    {
        var descriptor = member.Descriptor;
        writer.WriteStartMap(7);
        WriteBytes(writer, "nodeId", descriptor.NodeId.ToByteArray());
        WriteText(writer, "name", descriptor.Name.ToString());
        WriteText(writer, "state", member.State);
        WriteBytes(writer, "ck", descriptor.Ck.Spki);
        WriteBytes(writer, "sk", descriptor.Sk.Spki);
        writer.WriteTextString("endpoints");
        writer.WriteStartArray(descriptor.Endpoints.Count);
        foreach (var endpoint in descriptor.Endpoints)
        {
            writer.WriteTextString(endpoint.ToString());
        }

        writer.WriteEndArray();
        WriteBytes(writer, "digSig", member.DigSig);
        writer.WriteEndMap();
    }

    private static void WriteBytes(CborWriter writer, string name, ReadOnlySpan<byte> value)
    {
        writer.WriteTextString(name);
        writer.WriteByteString(value);
    }

    private static void WriteText(CborWriter writer, string name, string value)
    {
        writer.WriteTextString(name);
        writer.WriteTextString(value);
    }
}
