using System.Runtime.InteropServices;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;

namespace Repository.Infrastructure.Storage;

/// <summary>A parameter of a <see cref="Statement"/>: an integer, bytes, or null bytes.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SqlValue
{
    private SqlValue(long number, byte[]? bytes, bool isBytes)
    {
        Number = number;
        Bytes = bytes;
        IsBytes = isBytes;
    }

    public long Number { get; }

    public byte[]? Bytes { get; }

    public bool IsBytes { get; }

    public bool IsNull => IsBytes && Bytes is null;

    public static SqlValue Of(long number) => new(number, null, isBytes: false);

    public static SqlValue Of(byte[]? bytes) => new(0, bytes, isBytes: true);

    public static SqlValue Of(CapabilityGuid identifier) => new(0, identifier.ToByteArray(), isBytes: true);

    public static SqlValue Of(HashIdentifier identifier) => new(0, identifier.ToByteArray(), isBytes: true);

    /// <summary>A date as the tables hold it: UTC ticks.</summary>
    public static SqlValue Of(DateTimeOffset date) => new(date.UtcTicks, null, isBytes: false);
}
