using System.Runtime.InteropServices;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;

namespace Repository.Infrastructure.Storage;

/// <summary>A parameter or a result of a <see cref="Statement"/>: an integer or bytes, or the null of either kind.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SqlValue
{
    private SqlValue(long? number, byte[]? bytes, bool isBytes)
    {
        IsBytes = isBytes;
        IsNull = isBytes ? bytes is null : number is null;
        Number = number.GetValueOrDefault();
        Bytes = bytes;
    }

    public bool IsBytes { get; }

    public bool IsNull { get; }

    public long Number { get; }

    public byte[]? Bytes { get; }

    public static SqlValue Of(long? number) => new(number, null, isBytes: false);

    public static SqlValue Of(byte[]? bytes) => new(null, bytes, isBytes: true);

    public static SqlValue Of(HashIdentifier identifier) => Of(identifier.ToByteArray());

    public static SqlValue Of(CapabilityGuid identifier) => Of(identifier.ToByteArray());

    /// <summary>A date as the tables hold it: UTC ticks.</summary>
    public static SqlValue Of(DateTimeOffset? date) => Of(date?.UtcTicks);
}
