using Microsoft.Extensions.Options;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Domain.Machines;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Capabilities;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Capabilities;

/// <summary>What became of an activation.</summary>
internal abstract record Activation
{
    private Activation()
    {
    }

    /// <summary>The machine has a seat since now.</summary>
    public sealed record Claimed(DateTimeOffset ActivatedDate) : Activation;

    /// <summary>It had one already.</summary>
    public sealed record Held(DateTimeOffset ActivatedDate) : Activation;

    public sealed record MachineUnknown : Activation;

    public sealed record MachineDisabled : Activation;

    public sealed record Invalid(IReadOnlyList<CapabilityReason> Reasons) : Activation;

    /// <summary>Every seat is held.</summary>
    public sealed record SeatsExhausted : Activation;

    /// <summary>There are free seats, and the first of them opens after this time.</summary>
    public sealed record CoolingDown(TimeSpan Time) : Activation;

    /// <summary>What the facts alone decide; null when a seat must be claimed.</summary>
    public static Activation? Decide(CapabilityFile file, CapabilityFacts facts, SignatureVerdict signature, DateTimeOffset now) => facts switch
    {
        { Machine: null } => new MachineUnknown(),
        { Machine: HashState.Disabled } => new MachineDisabled(),
        _ when facts.FindReasons(file, signature, now) is { Count: > 0 } reasons => new Invalid(reasons),
        { ActivatedDate: { } held } => new Held(held),
        _ => null,
    };
}

/// <summary>
/// Claims a seat for a machine. One conditional update of the capability's row counts it; the row is locked before anything is counted,
/// so on PostgreSQL too nothing changes between.
/// </summary>
internal sealed class ActivateSeat(SeatRequest request, string actor, AuditLog audit, CapabilityOptions options, TimeProvider clock)
    : WriteOperation<Activation>
{
    // A seat that this machine released itself is open to it; those of others are closed until they have cooled down.
    private static readonly Statement Claim = new(
        """
        UPDATE capabilities SET used_seats = used_seats + 1
        WHERE capability_guid = $1
          AND used_seats + (SELECT COUNT(*) FROM seats
                            WHERE capability_guid = $1 AND released_date > $2 AND machine_register_hash <> $3) < seat_limit
        """);

    private static readonly Statement RemoveReleased = new(
        "DELETE FROM seats WHERE capability_guid = $1 AND machine_register_hash = $2 AND released_date IS NOT NULL");

    private static readonly Statement Insert = new(
        "INSERT INTO seats (capability_guid, machine_register_hash, activated_date) VALUES ($1, $2, $3)");

    private static readonly Statement Cooling = new(
        """
        SELECT seat_limit - used_seats,
               (SELECT MIN(released_date) FROM seats
                WHERE capability_guid = $1 AND released_date > $2 AND machine_register_hash <> $3)
        FROM capabilities WHERE capability_guid = $1
        """);

    public override async ValueTask<Activation> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (await DecideAsync(transaction, ct) is { } decided)
        {
            if (decided is Activation.Held)
            {
                await transaction.RecordKeyAsync(request.File, request.KeyHash, ct);
            }

            return decided; // Before there is a row: what was refused from the start leaves none.
        }

        // The lock may have been waited for, while another request of this machine got its seat, or the capability was revoked.
        await transaction.RememberAsync(request.File, ct);
        return await DecideAsync(transaction, ct) ?? await ClaimAsync(transaction, ct);
    }

    private async Task<Activation?> DecideAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var facts = await transaction.ReadFactsAsync(request.File, request.Machine, request.KeyHash, ct);

        // The key may have been revoked since the signature was computed: then no key stands that made it.
        var signature = request.Signature == SignatureVerdict.Valid && !facts.KeyStands ? SignatureVerdict.Invalid : request.Signature;
        return Activation.Decide(request.File, facts, signature, clock.GetUtcNow());
    }

    private async Task<Activation> ClaimAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (capability, machine) = (SqlValue.Of(request.File.CapabilityGuid), SqlValue.Of(request.Machine));
        var coolingSince = SqlValue.Of(now - options.SeatCooldown);
        if (await transaction.ExecuteAsync(Claim, [capability, coolingSince, machine], ct) == 0)
        {
            var row = (await transaction.QueryAsync(Cooling, [capability, coolingSince, machine], ct))[0];
            return row.Number(0) > 0 && !row.IsNull(1)
                ? new Activation.CoolingDown(row.Date(1) + options.SeatCooldown - now)
                : new Activation.SeatsExhausted();
        }

        await transaction.RecordKeyAsync(request.File, request.KeyHash, ct);
        await transaction.ExecuteAsync(RemoveReleased, [capability, machine], ct);
        await transaction.ExecuteAsync(Insert, [capability, machine, SqlValue.Of(now)], ct);
        await audit.AppendAsync(transaction, SeatEvents.Activated(request.Seat, actor), ct);
        return new Activation.Claimed(now);
    }
}

/// <summary>A machine that asks for a seat, with what was found out of the capability's signature.</summary>
internal sealed record SeatRequest(CapabilityFile File, HashIdentifier Machine, SignatureVerdict Signature, byte[]? KeyHash)
{
    public SeatKey Seat => new(File.CapabilityGuid, Machine);
}
