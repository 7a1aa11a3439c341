namespace Repository.Api.Hosting.Requests;

/// <summary>A JSON body as it was received, for formats whose very bytes are read (a capability file). Empty where there is none.</summary>
/// <param name="Bytes">The bytes, unread.</param>
internal sealed record JsonBytes(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether there is no body, or the empty object that calls without one accept too.</summary>
    public bool IsNone => Bytes.Span.Trim(WhiteSpace) switch
    {
        [] => true,
        [(byte)'{', .. var inside, (byte)'}'] => inside.Trim(WhiteSpace).IsEmpty,
        _ => false,
    };

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;
}
