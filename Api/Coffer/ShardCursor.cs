using System.Buffers.Text;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;

namespace Repository.Api.Coffer;

/// <summary>
/// Where a part of the list of shards ended: opaque to clients, base64url of the client key. Rows are made anew by every definition, so a
/// key is the only place in the list that lasts.
/// </summary>
internal readonly record struct ShardCursor(ClientKey Client) : ICanonicalText<ShardCursor>
{
    public static string Rule => "must be the next of an earlier answer.";

    public static bool TryParse(ReadOnlySpan<char> text, out ShardCursor value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[ClientKey.Size];
        if (!Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var size) || size != ClientKey.Size)
        {
            return false;
        }

        // The decoder ignores white space and stray bits: only the text that encoding gives back is a cursor.
        value = new ShardCursor(ClientKey.Load(bytes));
        return text.SequenceEqual(value.ToString());
    }

    public override string ToString() => Base64Url.EncodeToString(Client.ToByteArray());
}
