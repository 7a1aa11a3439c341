using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Repository.Domain.Cluster.PrivatePort;

/// <summary>
/// The server's side of a handshake on the private port: what a stranger's hello says, once it opened. It is believed only after
/// <see cref="IsSignedBy"/>. Holds a key, which is wiped when disposed.
/// </summary>
public sealed class ServerHandshake : IDisposable
{
    /// <summary>In bytes: no hello is longer.</summary>
    public const int MaxHelloSize = 1_024;

    /// <summary>In bytes: what the first part of a hello decrypts to.</summary>
    public const int SecretsSize = HelloFormat.SecretsSize;

    private readonly byte[] _secrets;
    private readonly byte[] _signature;
    private readonly byte[] _helloHash;
    private readonly byte[] _encryptedSecrets;
    private readonly ulong _seconds;
    private byte[] _replyHash = [];

    private ServerHandshake(byte[] secrets, ReadOnlySpan<byte> hello, int modulusSize, ReadOnlySpan<byte> statement)
    {
        _secrets = secrets;
        _helloHash = SHA256.HashData(hello);
        _encryptedSecrets = hello[..modulusSize].ToArray();
        _signature = statement[HelloFormat.StatementSize..].ToArray();
        _seconds = BinaryPrimitives.ReadUInt64BigEndian(statement[NodeId.HashSize..]);
        CallerId = NodeId.Load(statement[..NodeId.HashSize]);
    }

    /// <summary>Who it says calls.</summary>
    public NodeId CallerId { get; }

    /// <summary>When it says it was made, cut to the second.</summary>
    public DateTimeOffset Date => DateTimeOffset.FromUnixTimeSeconds((long)_seconds);

    /// <summary>What makes it a replay when it is seen again.</summary>
    public ReadOnlySpan<byte> Salt1 => _secrets.AsSpan(SealedPart.KeySize, HelloFormat.SaltSize);

    /// <summary>Whether a hello can have this length, in bytes, at a server whose <c>ck</c> has this modulus: what costs nothing is asked first.</summary>
    public static bool IsPossibleSize(int size, int modulusSize) =>
        Array.Exists(HelloFormat.ModulusSizes, caller => size == HelloFormat.SizeOf(modulusSize, caller));

    /// <summary>Reads a stranger's hello. Anything that does not open, has another version or a time that is no date, is false.</summary>
    /// <param name="hello">The body of the first frame, of a possible size.</param>
    /// <param name="modulusSize">In bytes, of this server's <c>ck</c>.</param>
    /// <param name="secrets">What the first bytes of the hello decrypted to: taken over, and wiped.</param>
    /// <param name="handshake">What it says.</param>
    public static bool TryOpen(ReadOnlySpan<byte> hello, int modulusSize, byte[] secrets, [NotNullWhen(true)] out ServerHandshake? handshake)
    {
        handshake = null;
        var statement = new byte[Math.Max(0, hello.Length - modulusSize - SealedPart.Overhead)];
        if (IsPossibleSize(hello.Length, modulusSize)
            && secrets.Length == SecretsSize
            && SealedPart.TryOpen(secrets.AsSpan(0, SealedPart.KeySize), hello[modulusSize..], HelloFormat.Label, statement)
            && BinaryPrimitives.ReadUInt32BigEndian(secrets.AsSpan(SecretsSize - sizeof(uint))) == HelloFormat.Version
            && BinaryPrimitives.ReadUInt64BigEndian(statement.AsSpan(NodeId.HashSize)) <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            handshake = new ServerHandshake(secrets, hello, modulusSize, statement);
            return true;
        }

        CryptographicOperations.ZeroMemory(secrets);
        return false;
    }

    /// <summary>Whether the holder of this key made the hello, for this server. A signature of another length is false after the same work.</summary>
    public bool IsSignedBy(MemberKey sk, NodeId server)
    {
        var whole = new byte[sk.ModulusSize];
        _signature.AsSpan(0, Math.Min(_signature.Length, whole.Length)).CopyTo(whole);
        return sk.Verifies(HelloFormat.ToSignedBytes(server, _encryptedSecrets, _seconds), whole) & (_signature.Length == whole.Length);
    }

    /// <summary>Makes the body of the second frame.</summary>
    /// <param name="ciphers">Of the connection, which the caller disposes of.</param>
    public byte[] Reply(out ChannelCiphers ciphers)
    {
        var plain = RandomNumberGenerator.GetBytes(ReplyFormat.PlainSize);
        try
        {
            var salts = plain.AsSpan(SealedPart.KeySize, 2 * HelloFormat.SaltSize);
            Salt1.CopyTo(salts[HelloFormat.SaltSize..]);
            BinaryPrimitives.WriteUInt32BigEndian(plain.AsSpan(ReplyFormat.PlainSize - sizeof(uint)), HelloFormat.Version);
            ciphers = ChannelCiphers.OfServer(plain.AsSpan(0, SealedPart.KeySize), Salt1, salts[..HelloFormat.SaltSize]);
            var reply = SealedPart.Seal(_secrets.AsSpan(0, SealedPart.KeySize), plain, ReplyFormat.Label);
            _replyHash = SHA256.HashData(reply);
            return reply;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Whether the first message after the reply proves that the caller could read it.</summary>
    public bool IsProvenBy(ReadOnlySpan<byte> member, MemberKey sk) =>
        member.Length == NodeId.HashSize + sk.ModulusSize
        && NodeId.Load(member[..NodeId.HashSize]) == CallerId
        && sk.Verifies(ReplyFormat.ToMemberBytes(_helloHash, _replyHash), member[NodeId.HashSize..]);

    public void Dispose() => CryptographicOperations.ZeroMemory(_secrets);
}
