using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Capabilities;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Capabilities;

/// <summary>Lists the held seats of a capability to its issuer.</summary>
internal sealed class ListSeats(RepositoryDbContext db)
{
    public async Task<Answer> ExecuteAsync(CapabilityGuid guid, Caller caller, Cursor? after, PageLimit? limit, CancellationToken ct)
    {
        // Before a file was seen only those who revoked it are known, and nobody holds a seat.
        var issuers = await db.Capabilities.Where(capability => capability.CapabilityGuid == guid).Select(capability => capability.IssuerGuid).ToListAsync(ct);
        if (issuers is [])
        {
            issuers = await db.Revocations.Where(revocation => revocation.CapabilityGuid == guid).Select(revocation => revocation.IssuerGuid).ToListAsync(ct);
        }

        if (issuers is [])
        {
            return Answer.Refuse(ApiProblem.CapabilityUnknown);
        }

        if (!issuers.Exists(caller.MayActAs))
        {
            return Answer.Refuse(ApiProblem.Forbidden);
        }

        var position = after?.Position ?? 0;
        return Answer.Ok(await db.Seats
            .Where(seat => seat.CapabilityGuid == guid && seat.ReleasedDate == null && seat.Id > position)
            .OrderBy(seat => seat.Id)
            .ToPageAsync(limit, static seat => seat.Id, SeatView.Of, ct));
    }
}
