using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <param name="Name">1 to 128 characters.</param>
/// <param name="ResourceGuid">32 or 64 lower-case hex digits, given once for ever; without it the server draws 64.</param>
/// <param name="OwnerGuid">Whose it is: the caller, who need not say so. An administrator must name the owner.</param>
/// <param name="AllowedPeers">Which resources it shares pair tokens with: own (the same owner's), any, or a list of at most 1,000; own.</param>
public sealed record CreateResourceRequest(
    string Name,
    string? ResourceGuid = null,
    string? OwnerGuid = null,
    AllowedPeers? AllowedPeers = null);

internal sealed class CreateResourceRequestValidator : AbstractValidator<CreateResourceRequest>
{
    public CreateResourceRequestValidator()
    {
        RuleFor(request => request.Name).HasCharacters(1, Resource.MaxNameLength);
        RuleFor(request => request.ResourceGuid).Spells<CreateResourceRequest, HashIdentifier>();
        RuleFor(request => request.OwnerGuid).Spells<CreateResourceRequest, HashIdentifier>();
    }
}

/// <summary>What became of a creation.</summary>
internal enum Creation
{
    Done,
    OwnerUnknown,

    /// <summary>The guid was given before, perhaps to a resource that is deleted.</summary>
    ResourceExists,
}

/// <summary>Creates a resource. One statement decides: of many at once the unique index lets one through.</summary>
internal sealed class CreateResource(Resource resource, string actor, AuditLog audit) : WriteOperation<Creation>
{
    private static readonly Statement Insert = new(
        """
        INSERT INTO resources (resource_guid, owner_guid, name, allowed_peers, created_date, pinned_windows, is_deleted)
        SELECT $1, $2, $3, $4, $5, 0, FALSE WHERE EXISTS (SELECT 1 FROM users WHERE user_guid = $2)
        ON CONFLICT (resource_guid) DO NOTHING
        """);

    public override async ValueTask<Creation> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var inserted = await transaction.ExecuteAsync(
            Insert,
            [
                SqlValue.Of(resource.ResourceGuid),
                SqlValue.Of(resource.OwnerGuid),
                SqlValue.Of(resource.Name),
                SqlValue.Of(resource.AllowedPeers),
                SqlValue.Of(resource.CreatedDate),
            ],
            ct);
        if (inserted == 0)
        {
            // Users and guids stay for ever: what the statement met cannot have gone since.
            return await transaction.Db.Resources.AnyAsync(known => known.ResourceGuid == resource.ResourceGuid, ct)
                && await transaction.Db.Users.AnyAsync(user => user.UserGuid == resource.OwnerGuid, ct)
                    ? Creation.ResourceExists
                    : Creation.OwnerUnknown;
        }

        await audit.AppendAsync(transaction, ResourceAudit.Entry(actor, "resource-created", resource), ct);
        return Creation.Done;
    }
}
