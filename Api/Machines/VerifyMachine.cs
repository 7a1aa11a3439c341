using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;
using Repository.Domain.Machines;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Machines;

/// <param name="LastAccessedDate">The date that the machine got last, to the letter.</param>
/// <param name="RequestId">Base64 of 16 bytes, fresh for each verify: with it, an answer that was lost can be asked for again.</param>
public sealed record VerifyMachineRequest(string LastAccessedDate, string? RequestId = null)
{
    /// <summary>The name alone: with both values anybody could verify in the machine's place, so neither is to get into a log by chance.</summary>
    public override string ToString() => nameof(VerifyMachineRequest);
}

/// <summary>A machine that proved itself, and what it must present next.</summary>
public sealed record VerifiedMachine(string MachineRegisterHash, int HashState, DateTimeOffset LastAccessedDate);

internal sealed class VerifyMachineRequestValidator : AbstractValidator<VerifyMachineRequest>
{
    public VerifyMachineRequestValidator()
    {
        RuleFor(request => request.LastAccessedDate).Spells<VerifyMachineRequest, Rfc3339Date>();
        RuleFor(request => request.RequestId).IsBase64(Machine.RequestIdSize);
    }
}

/// <summary>What a machine presents.</summary>
/// <param name="Machine">Its hash.</param>
/// <param name="Date">The date it holds.</param>
/// <param name="RequestId">16 bytes, or null.</param>
internal sealed record MachineProof(HashIdentifier Machine, DateTimeOffset Date, byte[]? RequestId)
{
    /// <summary>What a valid request presents.</summary>
    public static MachineProof Of(HashIdentifier machine, VerifyMachineRequest request)
    {
        _ = Rfc3339Date.TryParse(request.LastAccessedDate, out var date);
        return new MachineProof(machine, date.Value, request.RequestId is { } text ? Convert.FromBase64String(text) : null);
    }
}

/// <summary>What became of a verify.</summary>
internal abstract record Verification
{
    private Verification()
    {
    }

    /// <summary>The date was the machine's; this is the next one.</summary>
    public sealed record Stepped(DateTimeOffset NextDate) : Verification;

    /// <summary>The answer to the last step was lost; this is the date it gave.</summary>
    public sealed record Replayed(DateTimeOffset NextDate) : Verification;

    public sealed record MachineUnknown : Verification;

    public sealed record MachineDisabled : Verification;

    public sealed record DateMismatch : Verification;
}

/// <summary>
/// The hot path of a verify: one conditional update, which of two copies that hold the same date lets exactly one through, in any
/// interleaving. Null when it did not match; <see cref="VerifyMachine"/> then finds out why.
/// </summary>
internal sealed class StepMachine(MachineProof proof, TimeProvider clock) : WriteOperation<DateTimeOffset?>
{
    private static readonly Statement Step = new(
        """
        UPDATE machines SET last_accessed_date = $1, previous_accessed_date = $2, request_id = $3
        WHERE machine_register_hash = $4 AND last_accessed_date = $2 AND hash_state = 1
        """);

    public override bool IsSingleStatement => true;

    public override async ValueTask<DateTimeOffset?> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var next = Machine.NextAccessDate(proof.Date, clock.GetUtcNow());
        var changed = await transaction.ExecuteAsync(
            Step,
            [SqlValue.Of(next), SqlValue.Of(proof.Date), SqlValue.Of(proof.RequestId), SqlValue.Of(proof.Machine)],
            ct);
        return changed == 1 ? next : null;
    }
}

/// <summary>
/// A verify with all its refusals, in their order: unknown, disabled, replay, mismatch (design/api.md, Machines). A mismatch on an
/// enabled machine is evidence and is counted exactly; the audit log takes at most one a machine and second.
/// </summary>
internal sealed class VerifyMachine(MachineProof proof, string actor, AuditLog audit, TimeProvider clock) : WriteOperation<Verification>
{
    public override async ValueTask<Verification> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        while (true)
        {
            if (await new StepMachine(proof, clock).ExecuteAsync(transaction, ct) is { } next)
            {
                return new Verification.Stepped(next);
            }

            var machine = await transaction.Db.Machines.SingleOrDefaultAsync(known => known.MachineRegisterHash == proof.Machine, ct);
            switch (machine?.Judge(proof.Date, proof.RequestId))
            {
                case null:
                    return new Verification.MachineUnknown();
                case MachineVerdict.Disabled:
                    return new Verification.MachineDisabled();
                case MachineVerdict.Replay:
                    return new Verification.Replayed(machine.LastAccessedDate);
                case MachineVerdict.Mismatch when await CountMismatchAsync(transaction, machine, ct):
                    return new Verification.DateMismatch();
                default:
                    continue; // On PostgreSQL the machine changed between the two statements: it is judged again as it is now.
            }
        }
    }

    /// <returns>Whether the machine was still as it was judged: enabled, and on the same date.</returns>
    private async Task<bool> CountMismatchAsync(WriteTransaction transaction, Machine machine, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = transaction.Db.Machines.Where(row => row.Id == machine.Id);
        var counted = await rows
            .Where(row => row.HashState == HashState.Enabled && row.LastAccessedDate == machine.LastAccessedDate)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(counter => counter.MismatchCount, counter => counter.MismatchCount + 1)
                    .SetProperty(counter => counter.LastMismatchDate, now),
                ct);
        if (counted == 0)
        {
            return false;
        }

        var second = now.ToUnixTimeSeconds();
        var first = await rows
            .Where(row => row.AuditedMismatchSecond == null || row.AuditedMismatchSecond != second)
            .ExecuteUpdateAsync(row => row.SetProperty(audited => audited.AuditedMismatchSecond, second), ct);
        if (first == 1)
        {
            await audit.AppendAsync(transaction, new AuditEvent(actor, "machine-date-mismatch", proof.Machine.ToString()), ct);
        }

        return true;
    }
}
