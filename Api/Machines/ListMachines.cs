using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Machines;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Machines;

/// <summary>A machine's state as a filter: <c>0</c> or <c>1</c>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HashStateFilter(HashState Value) : ICanonicalText<HashStateFilter>
{
    public static string Rule => "must be 0 or 1.";

    public static bool TryParse(ReadOnlySpan<char> text, out HashStateFilter value)
    {
        value = new HashStateFilter(text is "1" ? HashState.Enabled : HashState.Disabled);
        return text is "0" or "1";
    }
}

/// <summary>Whether there is mismatch evidence, as a filter: <c>true</c> or <c>false</c>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MismatchedFilter(bool Value) : ICanonicalText<MismatchedFilter>
{
    public static string Rule => "must be true or false.";

    public static bool TryParse(ReadOnlySpan<char> text, out MismatchedFilter value)
    {
        value = new MismatchedFilter(text is "true");
        return text is "true" or "false";
    }
}

/// <summary>Lists machines in the order of registration.</summary>
public sealed class ListMachines(RepositoryDbContext db)
{
    public Task<Page<AdministratorsMachineView>> ExecuteAsync(
        HashState? state,
        bool? mismatched,
        Cursor? after,
        PageLimit? limit,
        CancellationToken ct)
    {
        IQueryable<Machine> machines = db.Machines;
        if (state is { } wanted)
        {
            // A literal, not a parameter: only then does the planner see that the partial index serves.
            machines = wanted == HashState.Disabled
                ? machines.Where(machine => machine.HashState == HashState.Disabled)
                : machines.Where(machine => machine.HashState == HashState.Enabled);
        }

        if (mismatched is { } evidence)
        {
            machines = evidence
                ? machines.Where(machine => machine.MismatchCount > 0)
                : machines.Where(machine => machine.MismatchCount == 0);
        }

        var position = after?.Position ?? 0;
        return machines
            .Where(machine => machine.Id > position)
            .OrderBy(machine => machine.Id)
            .ToPageAsync(limit, static machine => machine.Id, AdministratorsMachineView.Of, ct);
    }
}
