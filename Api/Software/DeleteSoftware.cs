using Microsoft.EntityFrameworkCore;
using Repository.Domain.Software;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Software;

/// <summary>Deletes a software: of the row only its guid, its issuer and its revision, which goes on rising, are left.</summary>
internal sealed class DeleteSoftware(ChangeTarget target, AuditLog audit) : ChangeSoftware(target, audit)
{
    protected override string Action => "software-deleted";

    protected override Task<int> ApplyAsync(IQueryable<SoftwareProduct> row, long revision, CancellationToken ct) => row.ExecuteUpdateAsync(
        software => software
            .SetProperty(deleted => deleted.IsDeleted, true)
            .SetProperty(deleted => deleted.Name, string.Empty)
            .SetProperty(deleted => deleted.Description, (string?)null)
            .SetProperty(deleted => deleted.Version, string.Empty)
            .SetProperty(deleted => deleted.Revision, revision),
        ct);
}
