using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// The caller's side of a handshake on the private port: it proves who it is, and finds out whether the server is the one it meant. Holds a
/// key, which is wiped when disposed.
/// </summary>
public sealed class CallerHandshake : IDisposable
{
    private readonly byte[] _secrets;
    private readonly NodeId _caller;
    private readonly Func<byte[], byte[]> _sign;

    private CallerHandshake(byte[] secrets, byte[] hello, NodeId caller, Func<byte[], byte[]> sign)
    {
        _secrets = secrets;
        Hello = hello;
        _caller = caller;
        _sign = sign;
    }

    /// <summary>The body of the first frame; <see cref="HelloFormat"/> draws it.</summary>
    public byte[] Hello { get; }

    /// <summary>In bytes, of the body that <see cref="TryOpenReply"/> takes.</summary>
    public static int ReplySize => ReplyFormat.Size;

    private ReadOnlySpan<byte> Key1 => _secrets.AsSpan(0, SealedPart.KeySize);

    private ReadOnlySpan<byte> Salt1 => _secrets.AsSpan(SealedPart.KeySize, HelloFormat.SaltSize);

    /// <param name="server">Whom to call.</param>
    /// <param name="serverCk">Its key for communication.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="now">The caller's clock.</param>
    /// <param name="sign">RS256 by the caller's <c>sk</c>.</param>
    public static CallerHandshake Begin(NodeId server, MemberKey serverCk, NodeId caller, DateTimeOffset now, Func<byte[], byte[]> sign)
    {
        var secrets = RandomNumberGenerator.GetBytes(HelloFormat.SecretsSize);
        BinaryPrimitives.WriteUInt32BigEndian(secrets.AsSpan(HelloFormat.SecretsSize - sizeof(uint)), HelloFormat.Version);
        var encrypted = serverCk.Encrypt(secrets);
        var seconds = (ulong)now.ToUnixTimeSeconds();
        var time = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(time, seconds);
        byte[] statement = [.. caller.ToByteArray(), .. time, .. sign(HelloFormat.ToSignedBytes(server, encrypted, seconds))];
        byte[] hello = [.. encrypted, .. SealedPart.Seal(secrets.AsSpan(0, SealedPart.KeySize), statement, HelloFormat.Label)];
        return new CallerHandshake(secrets, hello, caller, sign);
    }

    /// <summary>Opens the second frame. False unless it answers this very hello.</summary>
    /// <param name="reply">The body.</param>
    /// <param name="ciphers">Of the connection, which the caller disposes of.</param>
    /// <param name="member">The first message to be sealed with them.</param>
    public bool TryOpenReply(ReadOnlySpan<byte> reply, [NotNullWhen(true)] out ChannelCiphers? ciphers, out byte[] member)
    {
        (ciphers, member) = (null, []);
        Span<byte> plain = stackalloc byte[ReplyFormat.PlainSize];
        try
        {
            var salts = plain.Slice(SealedPart.KeySize, 2 * HelloFormat.SaltSize);
            if (!SealedPart.TryOpen(Key1, reply, ReplyFormat.Label, plain)
                || !CryptographicOperations.FixedTimeEquals(salts[HelloFormat.SaltSize..], Salt1)
                || BinaryPrimitives.ReadUInt32BigEndian(plain[^sizeof(uint)..]) != HelloFormat.Version)
            {
                return false;
            }

            ciphers = ChannelCiphers.OfCaller(plain[..SealedPart.KeySize], Salt1, salts[..HelloFormat.SaltSize]);
            member = [.. _caller.ToByteArray(), .. _sign(ReplyFormat.ToMemberBytes(SHA256.HashData(Hello), SHA256.HashData(reply)))];
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_secrets);
}
