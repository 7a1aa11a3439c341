using System.Runtime.InteropServices;
using Repository.Domain.Capabilities;
using Repository.Domain.Cluster;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Domain.Sessions;

namespace Repository.Infrastructure.Storage;

/// <summary>A parameter or a result of a <see cref="Statement"/>: an integer, bytes or text, or the null of one of them.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SqlValue
{
    private readonly object? _bytesOrText;

    private SqlValue(SqlKind kind, long? number, object? bytesOrText)
    {
        Kind = kind;
        IsNull = number is null && bytesOrText is null;
        Number = number.GetValueOrDefault();
        _bytesOrText = bytesOrText;
    }

    /// <summary>Also of a null: PostgreSQL wants to know of what.</summary>
    public SqlKind Kind { get; }

    public bool IsNull { get; }

    public long Number { get; }

    public byte[]? Bytes => _bytesOrText as byte[];

    public string? Text => _bytesOrText as string;

    public static SqlValue Of(long? number) => new(SqlKind.Number, number, null);

    public static SqlValue Of(byte[]? bytes) => new(SqlKind.Bytes, null, bytes);

    public static SqlValue Of(string? text) => new(SqlKind.Text, null, text);

    public static SqlValue Of(HashIdentifier identifier) => Of(identifier.ToByteArray());

    public static SqlValue Of(CapabilityGuid identifier) => Of(identifier.ToByteArray());

    public static SqlValue Of(ClientKey key) => Of(key.ToByteArray());

    public static SqlValue Of(SessionId identifier) => Of(identifier.ToByteArray());

    public static SqlValue Of(RoomId identifier) => Of(identifier.ToByteArray());

    public static SqlValue Of(NodeId? identifier) => Of(identifier?.ToByteArray());

    public static SqlValue Of(MemberName? name) => Of(name?.ToString());

    /// <summary>A date as the tables hold it: UTC ticks.</summary>
    public static SqlValue Of(DateTimeOffset? date) => Of(date?.UtcTicks);
}

/// <summary>What a <see cref="SqlValue"/> is.</summary>
public enum SqlKind
{
    Number,
    Bytes,
    Text,
}
