using Repository.Domain.Machines;

namespace Repository.Api.Machines;

/// <summary>What anyone may know of a machine.</summary>
public sealed record MachineView(string MachineRegisterHash, int HashState, DateTimeOffset RegisteredDate)
{
    internal static MachineView Of(Machine machine) =>
        new(machine.MachineRegisterHash.ToString(), (int)machine.HashState, machine.RegisteredDate);
}

/// <summary>What an administrator may know of a machine: also the evidence that a copy of it exists.</summary>
public sealed record AdministratorsMachineView(
    string MachineRegisterHash,
    int HashState,
    string? PreviousMachineRegisterHash,
    DateTimeOffset RegisteredDate,
    DateTimeOffset LastAccessedDate,
    long MismatchCount,
    DateTimeOffset? LastMismatchDate)
{
    internal static AdministratorsMachineView Of(Machine machine) => new(
        machine.MachineRegisterHash.ToString(),
        (int)machine.HashState,
        machine.PreviousMachineRegisterHash?.ToString(),
        machine.RegisteredDate,
        machine.LastAccessedDate,
        machine.MismatchCount,
        machine.LastMismatchDate);
}
