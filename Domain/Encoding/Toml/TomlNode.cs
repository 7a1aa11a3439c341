namespace Repository.Domain.Encoding.Toml;

/// <summary>
/// A value of a TOML document: one of the ten sealed types of this namespace, and no other. Values may be secrets, so none of
/// them prints what it holds.
/// </summary>
public abstract class TomlNode
{
    private protected TomlNode(TomlPosition position) => Position = position;

    /// <summary>
    /// Where the value begins. Of a table under a header, the header's bracket; of one that only dotted keys or headers below it
    /// name, the part of the first of them that does.
    /// </summary>
    public TomlPosition Position { get; private protected set; }
}

/// <summary>Text: Unicode scalar values only. Line ends inside a multi-line string are LF, whatever the document has.</summary>
public sealed class TomlString : TomlNode
{
    internal TomlString(TomlPosition position, string value)
        : base(position) => Value = value;

    public string Value { get; }
}

/// <summary>An integer of 64 bits.</summary>
public sealed class TomlInteger : TomlNode
{
    internal TomlInteger(TomlPosition position, long value)
        : base(position) => Value = value;

    public long Value { get; }
}

/// <summary>The double nearest to the literal, which may be infinite or no number only where the literal says so.</summary>
public sealed class TomlFloat : TomlNode
{
    internal TomlFloat(TomlPosition position, double value)
        : base(position) => Value = value;

    public double Value { get; }
}

public sealed class TomlBoolean : TomlNode
{
    internal TomlBoolean(TomlPosition position, bool value)
        : base(position) => Value = value;

    public bool Value { get; }
}

/// <summary>
/// A point in time, in UTC: the offset that it was written with is not kept. Cut to 100 ns. A leap second, only at the end of
/// a day in UTC, is the second after it.
/// </summary>
public sealed class TomlOffsetDateTime : TomlNode
{
    internal TomlOffsetDateTime(TomlPosition position, DateTimeOffset value)
        : base(position) => Value = value;

    public DateTimeOffset Value { get; }
}

/// <summary>A date and time of an unknown place, of <see cref="DateTimeKind.Unspecified"/>. Cut to 100 ns; never a leap second.</summary>
public sealed class TomlLocalDateTime : TomlNode
{
    internal TomlLocalDateTime(TomlPosition position, DateTime value)
        : base(position) => Value = value;

    public DateTime Value { get; }
}

public sealed class TomlLocalDate : TomlNode
{
    internal TomlLocalDate(TomlPosition position, DateOnly value)
        : base(position) => Value = value;

    public DateOnly Value { get; }
}

/// <summary>A time of an unknown day. Cut to 100 ns; never a leap second.</summary>
public sealed class TomlLocalTime : TomlNode
{
    internal TomlLocalTime(TomlPosition position, TimeOnly value)
        : base(position) => Value = value;

    public TimeOnly Value { get; }
}
