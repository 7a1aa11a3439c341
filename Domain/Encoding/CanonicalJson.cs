using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Repository.Domain.Encoding;

/// <summary>
/// JSON in its canonical form, RFC 8785 (JCS): no white space, members sorted by UTF-16 code units, strings with the fewest
/// escapes, numbers as ECMAScript prints them. Equal values give equal bytes, so that they can be hashed and signed.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The canonical UTF-8 bytes of a value.</summary>
    /// <exception cref="FormatException">A number overflows a double, or a string holds a lone surrogate.</exception>
    public static byte[] Serialize(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes the canonical form of a value. Throws as <see cref="Serialize"/> does.</summary>
    public static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.String:
                WriteString(output, value.GetString());
                break;
            case JsonValueKind.Number:
                WriteNumber(output, value.GetDouble());
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null:
                output.Write("null"u8);
                break;
            default:
                throw new FormatException("There is no JSON value here.");
        }
    }

    /// <summary>Writes a string, quoted: only the quotation mark, the backslash and control characters are escaped (RFC 8785, 3.2.2.2).</summary>
    /// <exception cref="FormatException">The string holds a lone surrogate.</exception>
    public static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        while (!text.IsEmpty)
        {
            var plain = 0;
            while (plain < text.Length && text[plain] is >= ' ' and not ('"' or '\\'))
            {
                plain++;
            }

            WriteUtf8(output, text[..plain]);
            if (plain == text.Length)
            {
                break;
            }

            WriteEscape(output, text[plain]);
            text = text[(plain + 1)..];
        }

        output.Write("\""u8);
    }

    /// <summary>Writes a number as ECMAScript's Number::toString does (ECMA-262, 6.1.6.1.20), as RFC 8785, 3.2.2.3 asks.</summary>
    /// <exception cref="FormatException">The number is infinite or no number.</exception>
    public static void WriteNumber(IBufferWriter<byte> output, double number)
    {
        if (!double.IsFinite(number))
        {
            throw new FormatException("A number overflows.");
        }

        if (number == 0)
        {
            output.Write("0"u8); // Negative zero too.
            return;
        }

        // .NET prints the same shortest digits as ECMAScript and only lays them out in another way.
        Span<char> scientific = stackalloc char[32];
        _ = Math.Abs(number).TryFormat(scientific, out var length, "R", CultureInfo.InvariantCulture);
        Span<char> digits = stackalloc char[32];
        var (count, point) = SplitDigits(scientific[..length], digits);
        if (number < 0)
        {
            output.Write("-"u8);
        }

        WriteUtf8(output, Layout(digits[..count], point));
    }

    private static void WriteObject(IBufferWriter<byte> output, JsonElement value)
    {
        var members = new List<JsonProperty>();
        foreach (var member in value.EnumerateObject())
        {
            members.Add(member);
        }

        members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        output.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            WriteString(output, members[i].Name);
            output.Write(":"u8);
            Write(output, members[i].Value);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(IBufferWriter<byte> output, JsonElement value)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            Write(output, item);
        }

        output.Write("]"u8);
    }

    private static void WriteEscape(IBufferWriter<byte> output, char character)
    {
        switch (character)
        {
            case '"':
                output.Write("\\\""u8);
                break;
            case '\\':
                output.Write("\\\\"u8);
                break;
            case '\b':
                output.Write("\\b"u8);
                break;
            case '\t':
                output.Write("\\t"u8);
                break;
            case '\n':
                output.Write("\\n"u8);
                break;
            case '\f':
                output.Write("\\f"u8);
                break;
            case '\r':
                output.Write("\\r"u8);
                break;
            default:
                WriteUtf8(output, string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
                break;
        }
    }

    private static void WriteUtf8(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        var span = output.GetSpan(text.Length * 3);
        if (System.Text.Unicode.Utf8.FromUtf16(text, span, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw new FormatException("A string holds a lone surrogate.");
        }

        output.Advance(written);
    }

    /// <summary>Takes the significant digits out of <c>1234.5</c> or <c>1.2345E+20</c>; the value is 0.digits times ten to the point.</summary>
    private static (int Count, int Point) SplitDigits(ReadOnlySpan<char> printed, Span<char> digits)
    {
        var exponentAt = printed.IndexOf('E');
        var exponent = exponentAt < 0 ? 0 : int.Parse(printed[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? printed : printed[..exponentAt];
        var dot = mantissa.IndexOf('.');
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;

        var count = 0;
        foreach (var character in mantissa)
        {
            if (character == '.')
            {
                continue;
            }

            if (count == 0 && character == '0')
            {
                point--; // A leading zero is no significant digit.
                continue;
            }

            digits[count++] = character;
        }

        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        return (count, point);
    }

    private static string Layout(ReadOnlySpan<char> digits, int point)
    {
        var text = new StringBuilder(32);
        if (point is > 0 and <= 21)
        {
            if (digits.Length <= point)
            {
                return text.Append(digits).Append('0', point - digits.Length).ToString();
            }

            return text.Append(digits[..point]).Append('.').Append(digits[point..]).ToString();
        }

        if (point is > -6 and <= 0)
        {
            return text.Append("0.").Append('0', -point).Append(digits).ToString();
        }

        text.Append(digits[0]);
        if (digits.Length > 1)
        {
            text.Append('.').Append(digits[1..]);
        }

        var exponent = point - 1;
        return text.Append('e').Append(exponent < 0 ? '-' : '+').Append(Math.Abs(exponent)).ToString();
    }
}
