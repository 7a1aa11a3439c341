using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Repository.Api.Hosting.Answers;
using Repository.Domain.Rooms;

namespace Repository.Api.Rooms;

/// <summary>
/// Events, and where the next read goes on. It is written once, however many are answered with it: what it holds does not depend on who
/// reads.
/// </summary>
/// <param name="events">In order.</param>
/// <param name="next">A sequence, or the cursor over all rooms.</param>
/// <param name="isBeyondEnd">Whether the reader stood where nothing ever was: it is told the true end and does not wait.</param>
internal sealed class EventPage(IReadOnlyList<RoomEvent> events, EventPosition next, bool isBeyondEnd = false)
{
    private byte[]? _json;
    private byte[]? _stream;

    public EventPosition Next => next;

    /// <summary>Whether a poll is answered with it, and does not wait for more.</summary>
    public bool IsDue => events.Count > 0 || isBeyondEnd;

    public bool IsEmpty => events.Count == 0;

    /// <summary><c>{"events": […], "next": …}</c>. The array is shared: it is only to be read.</summary>
    public byte[] ToJson() => _json ??= MakeJson();

    /// <summary>As Server-Sent Events: id, type and the event on one line, each. The array is shared: it is only to be read.</summary>
    public byte[] ToStream() => _stream ??= MakeStream();

    private byte[] MakeJson()
    {
        var bytes = Array.Empty<byte>();
        JsonOutput.Write(
            this,
            static (json, page) => page.WriteJson(json),
            (written, _) => bytes = written.ToArray());
        return bytes;
    }

    private void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("events");
        foreach (var entry in events)
        {
            RoomEventJson.Write(json, entry);
        }

        json.WriteEndArray();
        if (next.Cursor is { } cursor)
        {
            json.WriteString("next", cursor.ToString());
        }
        else
        {
            json.WriteNumber("next", next.Sequence);
        }

        json.WriteEndObject();
    }

    private byte[] MakeStream()
    {
        var output = new ArrayBufferWriter<byte>(events.Count * 512);
        foreach (var entry in events)
        {
            Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"id: {entry.Sequence}\nevent: {RoomEventJson.NameOf(entry.Type)}\ndata: "),
                output);
            JsonOutput.Write(entry, static (json, one) => RoomEventJson.Write(json, one), (written, _) => output.Write(written));
            output.Write("\n\n"u8);
        }

        return output.WrittenSpan.ToArray();
    }
}
