using System.Text.Json;

namespace Repository.Domain.Encoding;

/// <summary>
/// One walk over a received document that writes its canonical form as it goes. Its methods answer with a flaw, or with null
/// when there is none; what is no JSON is the reader's <see cref="JsonException"/>.
/// </summary>
internal sealed class CanonicalJsonWriter(PooledBuffer output, int maxDepth) : IDisposable
{
    private const string LoneSurrogate = "No string may hold half of a surrogate pair.";
    private const string TooDeep = "The document must not be nested so deep.";

    private readonly CanonicalMembers _members = new(output);

    public string? WriteDocument(ReadOnlySpan<byte> json)
    {
        // One level more than is allowed, so that the refusal is ours and says what is wrong.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth + 1 });
        _ = reader.Read();
        var flaw = WriteValue(ref reader);
        if (flaw is null)
        {
            _ = reader.Read(); // Throws when anything but white space follows.
        }

        return flaw;
    }

    public void Dispose() => _members.Dispose();

    private string? WriteValue(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                return json.CurrentDepth < maxDepth ? WriteObject(ref json) : TooDeep;
            case JsonTokenType.StartArray:
                return json.CurrentDepth < maxDepth ? WriteArray(ref json) : TooDeep;
            case JsonTokenType.String:
                return WriteString(ref json);
            case JsonTokenType.Number:
                return CanonicalNumber.Write(output, json.ValueSpan);
            default: // true, false and null have one spelling.
                output.Append(json.ValueSpan);
                return null;
        }
    }

    private string? WriteObject(ref Utf8JsonReader json)
    {
        output.Append((byte)'{');
        var mark = _members.Begin();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (output.Length > mark.Start)
            {
                output.Append((byte)',');
            }

            if (!_members.TryBeginMember(ref mark, json.ValueSpan, json.ValueIsEscaped))
            {
                return LoneSurrogate;
            }

            output.Append((byte)':');
            _ = json.Read();
            if (WriteValue(ref json) is { } flaw)
            {
                return flaw;
            }

            _members.EndMember();
        }

        if (!_members.TryEnd(mark))
        {
            return "No object may have two members of one name.";
        }

        output.Append((byte)'}');
        return null;
    }

    private string? WriteArray(ref Utf8JsonReader json)
    {
        output.Append((byte)'[');
        var start = output.Length;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (output.Length > start)
            {
                output.Append((byte)',');
            }

            if (WriteValue(ref json) is { } flaw)
            {
                return flaw;
            }
        }

        output.Append((byte)']');
        return null;
    }

    private string? WriteString(ref Utf8JsonReader json)
    {
        if (json.ValueIsEscaped)
        {
            return _members.TryWriteEscaped(json.ValueSpan) ? null : LoneSurrogate;
        }

        CanonicalString.WriteVerbatim(output, json.ValueSpan);
        return null;
    }
}
