using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;
using Repository.Domain.Machines;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Machines;

/// <param name="MachineRegisterHash">The machine's hash, 32 or 64 lower-case hex digits.</param>
/// <param name="PreviousMachineRegisterHash">The hash that the machine was registered with before, when it had to take a new identity.</param>
public sealed record RegisterMachineRequest(string MachineRegisterHash, string? PreviousMachineRegisterHash = null);

/// <summary>A machine as it was registered: the date is what it must present at its first verify.</summary>
public sealed record RegisteredMachine(
    string MachineRegisterHash,
    int HashState,
    string? PreviousMachineRegisterHash,
    DateTimeOffset RegisteredDate,
    DateTimeOffset LastAccessedDate)
{
    internal static RegisteredMachine Of(Machine machine) => new(
        machine.MachineRegisterHash.ToString(),
        (int)machine.HashState,
        machine.PreviousMachineRegisterHash?.ToString(),
        machine.RegisteredDate,
        machine.LastAccessedDate);
}

internal sealed class RegisterMachineRequestValidator : AbstractValidator<RegisterMachineRequest>
{
    public RegisterMachineRequestValidator()
    {
        RuleFor(request => request.MachineRegisterHash).Spells<RegisterMachineRequest, HashIdentifier>();
        RuleFor(request => request.PreviousMachineRegisterHash).Spells<RegisterMachineRequest, HashIdentifier>();
    }
}

/// <summary>What became of a registration.</summary>
internal enum Registration
{
    Done,
    MachineExists,
    PreviousMachineUnknown,
}

/// <summary>Registers a machine. The insert is the check: of many at once, the unique index lets one through.</summary>
internal sealed class RegisterMachine(Machine machine, string actor, AuditLog audit) : WriteOperation<Registration>
{
    public override async ValueTask<Registration> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var db = transaction.Db;
        var hash = machine.MachineRegisterHash.ToByteArray();
        var previous = machine.PreviousMachineRegisterHash?.ToByteArray();
        var inserted = await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO machines (machine_register_hash, hash_state, previous_machine_register_hash, registered_date,
                                   last_accessed_date, mismatch_count)
             SELECT {hash}, {(int)machine.HashState}, {previous}, {machine.RegisteredDate.UtcTicks}, {machine.LastAccessedDate.UtcTicks}, 0
             WHERE {previous is null} OR EXISTS (SELECT 1 FROM machines WHERE machine_register_hash = {previous})
             ON CONFLICT (machine_register_hash) DO NOTHING
             """,
            ct);
        if (inserted == 0)
        {
            // Machines are never removed, so what the insert met is still there to be told apart.
            return await db.Machines.AnyAsync(known => known.MachineRegisterHash == machine.MachineRegisterHash, ct)
                ? Registration.MachineExists
                : Registration.PreviousMachineUnknown;
        }

        await audit.AppendAsync(transaction, new AuditEvent(actor, "machine-registered", machine.MachineRegisterHash.ToString()), ct);
        return Registration.Done;
    }
}
