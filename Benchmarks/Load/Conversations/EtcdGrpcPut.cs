using Repository.Benchmarks.Load.Client;

namespace Repository.Benchmarks.Load.Conversations;

/// <summary>
/// etcd's put over gRPC, its native protocol: <c>PutRequest { bytes key = 1; bytes value = 2; }</c>, as long as a machine's hash and
/// date.
/// </summary>
internal sealed class EtcdGrpcPut(MachineTurns machines)
    : GrpcConversation("/etcdserverpb.KV/Put", FieldHeadBytes + MachinePool.HashBytes + FieldHeadBytes + MachinePool.DateBytes)
{
    private const int FieldHeadBytes = 2;
    private const byte KeyTag = 0x0A;
    private const byte ValueTag = 0x12;

    protected override void WriteMessage()
    {
        machines.MoveNext();
        var message = Message;
        message[0] = KeyTag;
        message[1] = MachinePool.HashBytes;
        machines.Hash.CopyTo(message[FieldHeadBytes..]);
        var value = message[(FieldHeadBytes + MachinePool.HashBytes)..];
        value[0] = ValueTag;
        value[1] = MachinePool.DateBytes;
        value[FieldHeadBytes..].Fill((byte)'0');
    }
}
