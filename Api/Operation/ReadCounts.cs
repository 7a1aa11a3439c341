using Microsoft.EntityFrameworkCore;
using Repository.Domain.Machines;
using Repository.Domain.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Operation;

/// <summary>How many rows there are of what an operator counts.</summary>
public sealed record ServerCounts(
    long Machines,
    long DisabledMachines,
    long MismatchedMachines,
    long Users,
    long DisabledUsers,
    long Software,
    long Shards,
    long Secrets,
    long Companions,
    long AuditEntries);

/// <summary>Counts; exactly, which costs what counting costs.</summary>
internal sealed class ReadCounts(RepositoryDbContext db)
{
    public async Task<ServerCounts> ExecuteAsync(CancellationToken ct) => new(
        await db.Machines.LongCountAsync(ct),
        await db.Machines.LongCountAsync(machine => machine.HashState == HashState.Disabled, ct),
        await db.Machines.LongCountAsync(machine => machine.MismatchCount > 0, ct),
        await db.Users.LongCountAsync(ct),
        await db.Users.LongCountAsync(user => user.State == UserState.Disabled, ct),
        await db.Software.LongCountAsync(software => !software.IsDeleted, ct),
        await db.Shards.LongCountAsync(ct),
        await db.Secrets.LongCountAsync(ct),
        await db.Companions.LongCountAsync(ct),
        await db.Audit.LongCountAsync(ct));
}
