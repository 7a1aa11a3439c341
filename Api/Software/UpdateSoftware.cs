using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Software;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Software;

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Version">The software's own version, 1 to 100 characters.</param>
/// <param name="Description">Up to 2,000 characters; without it the software has none from now on.</param>
public sealed record UpdateSoftwareRequest(string Name, string Version, string? Description = null);

internal sealed class UpdateSoftwareRequestValidator : AbstractValidator<UpdateSoftwareRequest>
{
    public UpdateSoftwareRequestValidator()
    {
        RuleFor(request => request.Name).HasCharacters(1, SoftwareProduct.MaxNameLength);
        RuleFor(request => request.Description).HasCharacters(0, SoftwareProduct.MaxDescriptionLength);
        RuleFor(request => request.Version).HasCharacters(1, SoftwareProduct.MaxVersionLength);
    }
}

/// <summary>
/// Gives a software another content. The same content makes a new revision too: whoever holds the old tag learns that it was written.
/// </summary>
internal sealed class UpdateSoftware(ChangeTarget target, UpdateSoftwareRequest content, AuditLog audit) : ChangeSoftware(target, audit)
{
    protected override string Action => "software-updated";

    protected override Task<int> ApplyAsync(IQueryable<SoftwareProduct> row, long revision, CancellationToken ct) => row.ExecuteUpdateAsync(
        software => software
            .SetProperty(updated => updated.Name, content.Name)
            .SetProperty(updated => updated.Description, content.Description)
            .SetProperty(updated => updated.Version, content.Version)
            .SetProperty(updated => updated.Revision, revision),
        ct);
}
