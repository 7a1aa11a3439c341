namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// The second frame, by the server: whoever can write it had the private half of <c>ck</c> (design/formats.md, Cluster).
/// <code>
/// reply  := nonce (12) | ciphertext (68) | tag (16)                 AES-256-GCM under key1, bound to "repository-cluster-reply-v1"
/// plain  := key2 (32) | salt2 (16) | salt1 (16) | u32be(version = 1)
/// member := caller's nodeId (32) | RS256 by the caller's sk over "repository-cluster-member-v1" | 0 | SHA-256(hello) | SHA-256(reply)
/// </code>
/// </summary>
internal static class ReplyFormat
{
    /// <summary>In bytes, of what is sealed.</summary>
    public const int PlainSize = SealedPart.KeySize + (2 * HelloFormat.SaltSize) + sizeof(uint);

    public const int Size = PlainSize + SealedPart.Overhead;

    public static ReadOnlySpan<byte> Label => "repository-cluster-reply-v1"u8;

    /// <summary>What the caller signs to prove that it is the one who read the reply.</summary>
    public static byte[] ToMemberBytes(ReadOnlySpan<byte> helloHash, ReadOnlySpan<byte> replyHash) =>
        [.. "repository-cluster-member-v1\0"u8, .. helloHash, .. replyHash];
}
