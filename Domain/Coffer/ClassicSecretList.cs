using System.Formats.Cbor;

namespace Repository.Domain.Coffer;

/// <summary>
/// The secrets of a shard as clients of the <em>classic</em> TCP dialect get them (design/formats.md, Coffer), by the names that Rust's serde
/// gives to the published client's types.
/// <code>
/// list  := CBOR array of [ key: text, value ]
/// value := { "String": text } | { "Integer": 32-bit, signed } | { "Float": shortest exact of f16 and f32 } | { "Boolean": true | false }
/// </code>
/// Integers that need more than 32 bits, floats that f32 does not hold exactly, and dates do not fit and are left out.
/// </summary>
public sealed class ClassicSecretList
{
    private static readonly Half NotANumber = BitConverter.UInt16BitsToHalf(0x7e00); // Its one spelling (RFC 8949, 4.2.2); .NET's has a sign.

    private IReadOnlyList<string> _unreported;

    private ClassicSecretList(byte[] bytes, IReadOnlyList<string> leftOut) => (Bytes, _unreported) = (bytes, leftOut);

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Encodes secrets in the order in which they are given.</summary>
    public static ClassicSecretList Encode(IReadOnlyList<Secret> secrets)
    {
        var fitting = secrets.Where(static secret => Fits(secret.Value)).ToList();
        var cbor = new CborWriter(CborConformanceMode.Strict);
        cbor.WriteStartArray(fitting.Count);
        foreach (var secret in fitting)
        {
            cbor.WriteStartArray(2);
            cbor.WriteTextString(secret.Key);
            cbor.WriteStartMap(1);
            Write(cbor, secret.Value);
            cbor.WriteEndMap();
            cbor.WriteEndArray();
        }

        cbor.WriteEndArray();
        return new ClassicSecretList(cbor.Encode(), [.. secrets.Where(static secret => !Fits(secret.Value)).Select(static secret => secret.Key)]);
    }

    /// <summary>The keys of the secrets that were left out, for the first who asks: an operator is told once.</summary>
    public IReadOnlyList<string> TakeUnreported() => Interlocked.Exchange(ref _unreported, []);

    private static bool Fits(SecretValue value) => value switch
    {
        SecretValue.Text or SecretValue.Boolean => true,
        SecretValue.Integer { Value: >= int.MinValue and <= int.MaxValue } => true,
        SecretValue.Float { Value: var number } => double.IsNaN(number) || (float)number == number,
        _ => false,
    };

    private static void Write(CborWriter cbor, SecretValue value)
    {
        switch (value)
        {
            case SecretValue.Text text:
                cbor.WriteTextString("String");
                cbor.WriteTextString(text.Value);
                break;
            case SecretValue.Integer integer:
                cbor.WriteTextString("Integer");
                cbor.WriteInt64(integer.Value);
                break;
            case SecretValue.Float number:
                cbor.WriteTextString("Float");
                WriteFloat(cbor, (float)number.Value);
                break;
            case SecretValue.Boolean boolean:
                cbor.WriteTextString("Boolean");
                cbor.WriteBoolean(boolean.Value);
                break;
        }
    }

    private static void WriteFloat(CborWriter cbor, float value)
    {
        var half = (Half)value;
        if (float.IsNaN(value) || (float)half == value)
        {
            cbor.WriteHalf(float.IsNaN(value) ? NotANumber : half);
        }
        else
        {
            cbor.WriteSingle(value);
        }
    }
}
