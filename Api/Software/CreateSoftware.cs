using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Software;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Software;

/// <param name="IssuerGuid">Who licenses it: a registered user, the caller itself unless that is an administrator.</param>
/// <param name="SoftwareGuid">Its guid, 32 or 64 lower-case hex digits: global, and its issuer's for ever.</param>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Version">The software's own version, 1 to 100 characters.</param>
/// <param name="Description">Up to 2,000 characters.</param>
public sealed record CreateSoftwareRequest(string IssuerGuid, string SoftwareGuid, string Name, string Version, string? Description = null);

internal sealed class CreateSoftwareRequestValidator : AbstractValidator<CreateSoftwareRequest>
{
    public CreateSoftwareRequestValidator()
    {
        RuleFor(request => request.IssuerGuid).Spells<CreateSoftwareRequest, HashIdentifier>();
        RuleFor(request => request.SoftwareGuid).Spells<CreateSoftwareRequest, HashIdentifier>();
        RuleFor(request => request.Name).HasCharacters(1, SoftwareProduct.MaxNameLength);
        RuleFor(request => request.Description).HasCharacters(0, SoftwareProduct.MaxDescriptionLength);
        RuleFor(request => request.Version).HasCharacters(1, SoftwareProduct.MaxVersionLength);
    }
}

/// <summary>What became of a creation.</summary>
internal abstract record Creation
{
    private Creation()
    {
    }

    public sealed record Done(SoftwareProduct Software) : Creation;

    public sealed record IssuerUnknown : Creation;

    public sealed record SoftwareExists : Creation;
}

/// <summary>
/// Creates a software, or brings back one that its issuer deleted. One statement decides: of many at once the unique index lets one
/// through, and a guid never leaves its issuer.
/// </summary>
internal sealed class CreateSoftware(SoftwareProduct software, string actor, AuditLog audit) : WriteOperation<Creation>
{
    public override async ValueTask<Creation> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var db = transaction.Db;
        while (true)
        {
            if (await InsertAsync(db, ct) is { } created)
            {
                await audit.AppendAsync(transaction, SoftwareAudit.Entry(actor, "software-created", created), ct);
                return new Creation.Done(created);
            }

            if (!await db.Users.AnyAsync(user => user.UserGuid == software.IssuerGuid, ct))
            {
                return new Creation.IssuerUnknown();
            }

            if (await db.Software.AnyAsync(
                known => known.SoftwareGuid == software.SoftwareGuid && (!known.IsDeleted || known.IssuerGuid != software.IssuerGuid),
                ct))
            {
                return new Creation.SoftwareExists();
            }

            // On PostgreSQL what the statement met has changed since: the issuer registered, or deleted the software. It is tried again.
        }
    }

    /// <returns>The row as it is now; null when the statement let nothing through.</returns>
    private async Task<SoftwareProduct?> InsertAsync(RepositoryDbContext db, CancellationToken ct)
    {
        var guid = software.SoftwareGuid.ToByteArray();
        var issuer = software.IssuerGuid.ToByteArray();
        var rows = await db.Software.FromSql(
            $"""
             INSERT INTO software (software_guid, issuer_guid, name, description, version, revision, is_deleted)
             SELECT {guid}, {issuer}, {software.Name}, {software.Description}, {software.Version}, {software.Revision}, {software.IsDeleted}
             WHERE EXISTS (SELECT 1 FROM users WHERE user_guid = {issuer})
             ON CONFLICT (software_guid) DO UPDATE SET name = excluded.name, description = excluded.description,
                 version = excluded.version, revision = software.revision + 1, is_deleted = excluded.is_deleted
             WHERE software.is_deleted AND software.issuer_guid = excluded.issuer_guid
             RETURNING *
             """).ToListAsync(ct);
        return rows.SingleOrDefault();
    }
}
