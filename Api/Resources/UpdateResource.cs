using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <param name="Name">1 to 128 characters; absent: as it is.</param>
/// <param name="AllowedPeers">Which resources it shares pair tokens with, from the next fetch on; absent: as it is.</param>
public sealed record UpdateResourceRequest(string? Name = null, AllowedPeers? AllowedPeers = null);

internal sealed class UpdateResourceRequestValidator : AbstractValidator<UpdateResourceRequest>
{
    public UpdateResourceRequestValidator() => RuleFor(request => request.Name).HasCharacters(1, Resource.MaxNameLength);
}

/// <summary>Changes a resource; null when the caller has none of this guid. A call that changes nothing is not audited.</summary>
internal sealed class UpdateResource(HashIdentifier resourceGuid, UpdateResourceRequest request, Caller caller, AuditLog audit)
    : WriteOperation<Resource?>
{
    public override async ValueTask<Resource?> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var rows = transaction.Db.Resources.OfCaller(caller, resourceGuid);
        var (name, peers) = (request.Name, request.AllowedPeers?.Json);
        var changed = await rows
            .Where(row => (name != null && row.Name != name) || (peers != null && row.AllowedPeers != peers))
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(updated => updated.Name, updated => name ?? updated.Name)
                    .SetProperty(updated => updated.AllowedPeers, updated => peers ?? updated.AllowedPeers),
                ct);
        var resource = await rows.SingleOrDefaultAsync(ct);
        if (changed == 1 && resource is not null)
        {
            await audit.AppendAsync(transaction, ResourceAudit.Entry(caller.Actor, "resource-updated", resource), ct);
        }

        return resource;
    }
}
