using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Repository.Domain.Encoding;

namespace Repository.Domain.Audit;

/// <summary>
/// One link of the audit log. Each holds the hash of the one before, so that a row which is changed, removed or moved is
/// found: <c>hash = SHA-256(JCS(the entry without hash))</c> (design/api.md, Operation).
/// </summary>
public sealed class AuditEntry
{
    /// <summary>The size of a hash; the first entry's previous hash is that many zero bytes.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    private AuditEntry(
        long sequence,
        DateTimeOffset date,
        string actor,
        string action,
        string subject,
        string details,
        byte[] previousHash,
        byte[] hash)
    {
        Sequence = sequence;
        Date = date;
        Actor = actor;
        Action = action;
        Subject = subject;
        Details = details;
        PreviousHash = previousHash;
        Hash = hash;
    }

    /// <summary>Consecutive from 1.</summary>
    public long Sequence { get; }

    public DateTimeOffset Date { get; }

    /// <summary>Who did it: <c>administrator</c>, <c>anonymous</c> or <c>server</c>.</summary>
    public string Actor { get; }

    /// <summary>What was done, such as <c>machine-disabled</c>.</summary>
    public string Action { get; }

    /// <summary>What it was done to: an identifier.</summary>
    public string Subject { get; }

    /// <summary>A JSON object in canonical form, of facts about the change that are neither personal nor secret.</summary>
    public string Details { get; }

    public byte[] PreviousHash { get; }

    public byte[] Hash { get; private set; }

    /// <summary>The entry that follows one with the given hash.</summary>
    public static AuditEntry Append(AuditEvent change, DateTimeOffset date, long sequence, byte[] previousHash)
    {
        var entry = new AuditEntry(sequence, date, change.Actor, change.Action, change.Subject, change.Details, previousHash, []);
        entry.Hash = entry.ComputeHash();
        return entry;
    }

    /// <summary>Restores an entry from its row, as it is: whether it is whole, <see cref="Follows"/> says.</summary>
    public static AuditEntry Load(long sequence, DateTimeOffset date, AuditEvent change, byte[] previousHash, byte[] hash) =>
        new(sequence, date, change.Actor, change.Action, change.Subject, change.Details, previousHash, hash);

    /// <summary>Whether this entry is whole and follows the one with the given sequence and hash.</summary>
    public bool Follows(long sequence, ReadOnlySpan<byte> hash) =>
        Sequence == sequence + 1 && hash.SequenceEqual(PreviousHash) && ComputeHash().AsSpan().SequenceEqual(Hash);

    private byte[] ComputeHash()
    {
        // The members in canonical order; details are canonical already.
        var json = new ArrayBufferWriter<byte>(512);
        WriteMember(json, "{\"action\":"u8, Action);
        WriteMember(json, ",\"actor\":"u8, Actor);
        WriteMember(json, ",\"date\":"u8, Rfc3339Date.Spell(Date));
        json.Write(",\"details\":"u8);
        json.Write(System.Text.Encoding.UTF8.GetBytes(Details));
        WriteMember(json, ",\"previousHash\":"u8, Convert.ToHexStringLower(PreviousHash));
        json.Write(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"sequence\":{Sequence}")));
        WriteMember(json, ",\"subject\":"u8, Subject);
        json.Write("}"u8);
        return SHA256.HashData(json.WrittenSpan);
    }

    private static void WriteMember(ArrayBufferWriter<byte> json, ReadOnlySpan<byte> name, string value)
    {
        json.Write(name);
        CanonicalJson.WriteString(json, value);
    }
}
