using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Software;

/// <summary>Lists software in the order of creation; what was deleted and created again stands where it stood.</summary>
internal sealed class ListSoftware(RepositoryDbContext db)
{
    public Task<Page<SoftwareView>> ExecuteAsync(HashIdentifier? issuer, Cursor? after, PageLimit? limit, CancellationToken ct)
    {
        var software = db.Software.Where(row => !row.IsDeleted);
        if (issuer is { } wanted)
        {
            software = software.Where(row => row.IssuerGuid == wanted);
        }

        var position = after?.Position ?? 0;
        return software
            .Where(row => row.Id > position)
            .OrderBy(row => row.Id)
            .ToPageAsync(limit, static row => row.Id, SoftwareView.Of, ct);
    }
}
