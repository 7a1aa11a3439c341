using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Requests;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>Lists the caller's resources, or all of them to an administrator, in the order of creation.</summary>
internal sealed class ListResources(RepositoryDbContext db)
{
    public Task<Page<ResourceView>> ExecuteAsync(Caller caller, Cursor? after, PageLimit? limit, CancellationToken ct)
    {
        var position = after?.Position ?? 0;
        return db.Resources.OfCaller(caller)
            .Where(resource => resource.Id > position)
            .OrderBy(resource => resource.Id)
            .ToPageAsync(limit, static resource => resource.Id, ResourceView.Of, ct);
    }
}
