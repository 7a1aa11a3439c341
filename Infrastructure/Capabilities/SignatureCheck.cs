using Repository.Domain.Capabilities;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Capabilities;

/// <summary>
/// Finds out what a capability's signature is worth, and reads the rest of the facts with it. The keys are those of the issuer that the
/// content names: nothing in the file chooses one.
/// </summary>
internal sealed class SignatureCheck(Database database, VerifiedSignatures verified, IssuerKeys keys)
{
    private static readonly Statement UnrevokedKeys = new(
        "SELECT key_hash, kind, spki FROM user_keys WHERE user_guid = $1 AND revoked_date IS NULL ORDER BY added_date DESC");

    /// <summary>Reads the facts, and computes the signature unless it is remembered and its key still stands.</summary>
    public async ValueTask<CheckedCapability> ExecuteAsync(CapabilityFile file, HashIdentifier? machine, CancellationToken ct)
    {
        var known = verified.FindKey(file);
        var facts = await database.ReadFactsAsync(file, machine, known, ct);
        return facts switch
        {
            { KeyStands: true } => new CheckedCapability(facts, SignatureVerdict.Valid, known),
            { Issuer: null } => new CheckedCapability(facts, SignatureVerdict.NoKeyFits, null),
            _ => await ComputeAsync(file, facts, ct),
        };
    }

    private async ValueTask<CheckedCapability> ComputeAsync(CapabilityFile file, CapabilityFacts facts, CancellationToken ct)
    {
        var verdict = SignatureVerdict.NoKeyFits;
        foreach (var row in await database.QueryAsync(UnrevokedKeys, [SqlValue.Of(file.IssuerGuid)], ct))
        {
            var key = keys.Load(row.Bytes(0), (SigningKeyKind)row.Number(1), row.Bytes(2));
            if (!key.Fits(file.Algorithm))
            {
                continue;
            }

            if (key.Verifies(file.Algorithm, file.SignedBytes, file.Signature.Span))
            {
                verified.Add(file, row.Bytes(0));
                return new CheckedCapability(facts, SignatureVerdict.Valid, row.Bytes(0));
            }

            verdict = SignatureVerdict.Invalid;
        }

        return new CheckedCapability(facts, verdict, null);
    }
}

/// <summary>What was found out of a capability.</summary>
/// <param name="Facts">What the registry knows of all that it depends on.</param>
/// <param name="Signature">What its signature is worth.</param>
/// <param name="KeyHash">The key that made it; null where none did.</param>
internal sealed record CheckedCapability(CapabilityFacts Facts, SignatureVerdict Signature, byte[]? KeyHash);
