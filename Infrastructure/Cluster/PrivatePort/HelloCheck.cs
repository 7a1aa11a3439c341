using System.Security.Cryptography;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>
/// Judges hellos. One that opens costs the same whoever sent it: a caller that is not there is verified under a key that did not sign it,
/// and what is wrong is decided at the end.
/// </summary>
internal sealed class HelloCheck(NodeIdentity identity, NodeDirectory directory, SeenSalts salts, TimeProvider clock)
{
    /// <summary>How far a caller's clock may be off, inclusive.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    /// <summary>In bytes, of this node's <c>ck</c>: decides which lengths a hello can have.</summary>
    public int ModulusSize => identity.Ck.ModulusSize;

    /// <param name="hello">The body of the first frame, of a possible size.</param>
    public HelloVerdict Judge(byte[] hello)
    {
        // What does not decrypt goes the same way under a key that opens nothing (as TLS does, RFC 5246, 7.4.7.1).
        var secrets = identity.TryDecrypt(hello.AsSpan(0, ModulusSize)) ?? RandomNumberGenerator.GetBytes(ServerHandshake.SecretsSize);
#pragma warning disable CA2000 // Whoever is given the verdict disposes of it; a refused one is disposed of below.
        if (!ServerHandshake.TryOpen(hello, ModulusSize, secrets, out var handshake))
#pragma warning restore CA2000
        {
            return new HelloVerdict.Refused(CallerRefusal.DoesNotOpen);
        }

        var caller = directory.Find(handshake.CallerId);
        var isSigned = handshake.IsSignedBy(caller?.Descriptor.Sk ?? identity.Sk, identity.Id);
        var refusal = caller switch
        {
            null => CallerRefusal.Unknown,
            { IsActive: false } => CallerRefusal.NotActive,
            _ => isSigned ? FindFault(handshake) : CallerRefusal.SignatureInvalid,
        };
        if (refusal is { } reason)
        {
            handshake.Dispose();
            return new HelloVerdict.Refused(reason);
        }

        return new HelloVerdict.Accepted(handshake, caller!);
    }

    /// <summary>Whether the node is an active one now.</summary>
    public bool IsActive(NodeId node) => directory.Find(node) is { IsActive: true };

    private CallerRefusal? FindFault(ServerHandshake handshake)
    {
        var now = clock.GetUtcNow();
        var isInTime = (now - handshake.Date).Duration() <= Tolerance && handshake.Date >= salts.StartDate;
        return !isInTime ? CallerRefusal.WrongTime : salts.TryAdd(handshake.Salt1) ? null : CallerRefusal.Replayed;
    }
}

/// <summary>What became of a hello.</summary>
internal abstract record HelloVerdict
{
    private HelloVerdict()
    {
    }

    /// <param name="Handshake">To be answered, and disposed of.</param>
    /// <param name="Caller">Who signed it.</param>
    internal sealed record Accepted(ServerHandshake Handshake, Node Caller) : HelloVerdict;

    /// <param name="Reason">For the log and the metrics; the caller is told nothing.</param>
    internal sealed record Refused(CallerRefusal Reason) : HelloVerdict;
}

/// <summary>Why a caller of the private port got no further. Only this node's operator is told.</summary>
internal enum CallerRefusal
{
    /// <summary>It ended before its hello did.</summary>
    Gone,

    /// <summary>No hello has this length.</summary>
    WrongSize,

    /// <summary>More hellos came than this node decrypts.</summary>
    TooMany,

    /// <summary>It was not made for this node's key, or changed.</summary>
    DoesNotOpen,

    /// <summary>No node has this id.</summary>
    Unknown,

    /// <summary>The node waits, or is disabled.</summary>
    NotActive,

    SignatureInvalid,

    /// <summary>More than 60 s off, or before this server's start.</summary>
    WrongTime,

    /// <summary>It was here before.</summary>
    Replayed,

    /// <summary>It was no member after 5 s, or had to make room for others.</summary>
    Late,

    /// <summary>It could not read the reply.</summary>
    NotProven,
}
