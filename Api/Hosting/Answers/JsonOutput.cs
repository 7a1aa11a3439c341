using System.Buffers;
using System.Text.Json;
using Repository.Api.Hosting.Json;

namespace Repository.Api.Hosting.Answers;

/// <summary>
/// A JSON writer and its buffer, one per thread: an answer is written whole before anything is awaited, so its length is known
/// and nothing is allocated for it.
/// </summary>
internal sealed class JsonOutput : IDisposable
{
    private const int MaxKeptBytes = 64 * 1024;

    [ThreadStatic]
    private static JsonOutput? _ofThread;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    private JsonOutput() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = ApiJson.Encoder, SkipValidation = true });

    /// <summary>Writes with <paramref name="write"/> and gives the bytes to <paramref name="use"/>, which must not keep them.</summary>
    public static void Write<TState>(TState state, Action<Utf8JsonWriter, TState> write, ReadOnlySpanAction<byte, TState> use)
    {
        var output = _ofThread ??= new JsonOutput();
        output._buffer.ResetWrittenCount();
        output._writer.Reset();
        write(output._writer, state);
        output._writer.Flush();
        use(output._buffer.WrittenSpan, state);
        if (output._buffer.Capacity > MaxKeptBytes)
        {
            _ofThread = null;
            output.Dispose();
        }
    }

    public void Dispose() => _writer.Dispose();
}
