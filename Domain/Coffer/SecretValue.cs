using System.Formats.Cbor;
using Repository.Domain.Encoding;

namespace Repository.Domain.Coffer;

/// <summary>
/// The value of a secret, of one of five types. It is no record, and prints its type only. At rest and in answers it is one CBOR item:
/// <code>
/// value := text | integer (64-bit, signed) | float (shortest exact) | true | false | tag 0 text (RFC 3339, UTC)
/// </code>
/// A float is never written as an integer, nor an integer as a float; nan, inf and -0.0 are values.
/// </summary>
public abstract class SecretValue
{
    private SecretValue()
    {
    }

    public abstract SecretType Type { get; }

    /// <summary>Writes it as one CBOR item.</summary>
    public abstract void Write(CborWriter cbor);

    /// <summary>Prints no value.</summary>
    public sealed override string ToString() => Type.Spell();

    public sealed class Text(string value) : SecretValue
    {
        public string Value { get; } = value;

        public override SecretType Type => SecretType.String;

        public override void Write(CborWriter cbor) => cbor.WriteTextString(Value);
    }

#pragma warning disable CA1720 // The names are the contract's.
    public sealed class Integer(long value) : SecretValue
    {
        public long Value { get; } = value;

        public override SecretType Type => SecretType.Integer;

        public override void Write(CborWriter cbor) => cbor.WriteInt64(Value);
    }

    public sealed class Float(double value) : SecretValue
    {
        public double Value { get; } = value;

        public override SecretType Type => SecretType.Float;

        public override void Write(CborWriter cbor) => cbor.WriteDouble(Value);
    }
#pragma warning restore CA1720

    public sealed class Boolean(bool value) : SecretValue
    {
        public bool Value { get; } = value;

        public override SecretType Type => SecretType.Boolean;

        public override void Write(CborWriter cbor) => cbor.WriteBoolean(Value);
    }

    /// <summary>A point in time; its offset is not kept.</summary>
    public sealed class Date(DateTimeOffset value) : SecretValue
    {
        public DateTimeOffset Value { get; } = value;

        public override SecretType Type => SecretType.Date;

        public override void Write(CborWriter cbor)
        {
            cbor.WriteTag(CborTag.DateTimeString);
            cbor.WriteTextString(Rfc3339Date.Spell(Value));
        }
    }

    /// <summary>Restores a value from the CBOR item that <see cref="Write"/> wrote.</summary>
    /// <exception cref="CborContentException">The bytes are no such item.</exception>
    public static SecretValue Load(ReadOnlyMemory<byte> item)
    {
        var cbor = new CborReader(item, CborConformanceMode.Strict);
        return cbor.PeekState() switch
        {
            CborReaderState.TextString => new Text(cbor.ReadTextString()),
            CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger => new Integer(cbor.ReadInt64()),
            CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat =>
                new Float(cbor.ReadDouble()),
            CborReaderState.Boolean => new Boolean(cbor.ReadBoolean()),
            CborReaderState.Tag => new Date(cbor.ReadDateTimeOffset()),
            _ => throw new CborContentException("The item is no secret's value."),
        };
    }
}
