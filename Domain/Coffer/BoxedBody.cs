using Repository.Domain.Cryptography;

namespace Repository.Domain.Coffer;

/// <summary>
/// What a client, or a companion, sends by authenticated box.
/// <code>body := public key (32) | nonce (24) | tag (16) | ciphertext (n)</code>
/// A body that is too short is read as zeros: a key of low order, under which nothing opens, at the cost of one that opens.
/// </summary>
public sealed class BoxedBody
{
    private const int MinSize = ClientKey.Size + CryptoBox.Overhead;

    private static readonly byte[] Short = new byte[MinSize];

    private readonly ReadOnlyMemory<byte> _body;

    /// <param name="body">A stranger's bytes, which this keeps.</param>
    public BoxedBody(ReadOnlyMemory<byte> body) => _body = body.Length < MinSize ? Short : body;

    /// <summary>Whose box it says that it is; that it is, opening it proves.</summary>
    public ClientKey PublicKey => ClientKey.Load(KeyBytes);

    /// <summary>The key's bytes.</summary>
    public ReadOnlySpan<byte> KeyBytes => _body.Span[..ClientKey.Size];

    /// <summary>The nonce, which its sender must not use again.</summary>
    public ReadOnlySpan<byte> Nonce => Box[..CryptoBox.NonceSize];

    public ReadOnlySpan<byte> Box => _body.Span[ClientKey.Size..];

    /// <summary>The key's bytes and the nonce: what makes a request the one that it is.</summary>
    public ReadOnlySpan<byte> Name => _body.Span[..(ClientKey.Size + CryptoBox.NonceSize)];
}
