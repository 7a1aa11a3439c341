using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;
using Repository.Domain.Machines;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Machines;

/// <param name="HashState">0 disables; 1 enables and clears the mismatch evidence.</param>
public sealed record UpdateMachineRequest(int HashState);

internal sealed class UpdateMachineRequestValidator : AbstractValidator<UpdateMachineRequest>
{
    public UpdateMachineRequestValidator() =>
        RuleFor(request => request.HashState).InclusiveBetween(0, 1).WithMessage("must be 0 (disabled) or 1 (enabled).");
}

/// <summary>Disables or enables a machine; null when there is none. A call that changes nothing is not audited.</summary>
internal sealed class UpdateMachine(HashIdentifier hash, HashState state, string actor, AuditLog audit) : WriteOperation<Machine?>
{
    public override async ValueTask<Machine?> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var rows = transaction.Db.Machines.Where(machine => machine.MachineRegisterHash == hash);
        var changed = state == HashState.Enabled
            ? await rows
                .Where(machine => machine.HashState != HashState.Enabled || machine.MismatchCount > 0)
                .ExecuteUpdateAsync(
                    machine => machine
                        .SetProperty(row => row.HashState, HashState.Enabled)
                        .SetProperty(row => row.MismatchCount, 0)
                        .SetProperty(row => row.LastMismatchDate, (DateTimeOffset?)null),
                    ct)
            : await rows
                .Where(machine => machine.HashState != HashState.Disabled)
                .ExecuteUpdateAsync(machine => machine.SetProperty(row => row.HashState, HashState.Disabled), ct);
        if (changed == 1)
        {
            var action = state == HashState.Enabled ? "machine-enabled" : "machine-disabled";
            await audit.AppendAsync(transaction, new AuditEvent(actor, action, hash.ToString()), ct);
        }

        return await rows.SingleOrDefaultAsync(ct);
    }
}
