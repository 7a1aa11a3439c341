using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer;

/// <summary>Reads companions, in the order of registration.</summary>
internal sealed class ReadCompanions(RepositoryDbContext db)
{
    /// <returns>Null when it is none.</returns>
    public async Task<CompanionView?> FindAsync(ClientKey key, CancellationToken ct) =>
        await db.Companions.SingleOrDefaultAsync(companion => companion.PublicKey == key, ct) is { } companion ? ViewOf(companion) : null;

    public Task<Page<CompanionView>> ListAsync(Cursor? after, PageLimit? limit, CancellationToken ct)
    {
        var position = after?.Position ?? 0;
        return db.Companions.Where(companion => companion.Id > position)
            .OrderBy(companion => companion.Id)
            .ToPageAsync(limit, static companion => companion.Id, ViewOf, ct);
    }

    private static CompanionView ViewOf(Companion companion) => new(companion.PublicKey.ToString(), companion.RegisteredDate);
}
