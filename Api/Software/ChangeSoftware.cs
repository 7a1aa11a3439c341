using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Software;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Software;

/// <summary>Which software is to be changed, by whom, and on what condition.</summary>
/// <param name="SoftwareGuid">The software.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Precondition">The states that may be changed; null for any.</param>
internal sealed record ChangeTarget(HashIdentifier SoftwareGuid, Caller Caller, IfMatch? Precondition);

/// <summary>What became of a change.</summary>
internal abstract record Change
{
    private Change()
    {
    }

    /// <summary>It was made; this is the row after it.</summary>
    public sealed record Done(SoftwareProduct Software) : Change;

    public sealed record SoftwareUnknown : Change;

    public sealed record NotOfCaller : Change;

    public sealed record PreconditionFailed : Change;
}

/// <summary>
/// Changes a software. It is judged in the state that was read, in this order: unknown, another's, precondition (RFC 9110, 13.2.1); the
/// update then asks for that very state by its revision, so that of many changes with one <c>If-Match</c> exactly one is made.
/// </summary>
internal abstract class ChangeSoftware(ChangeTarget target, AuditLog audit) : WriteOperation<Change>
{
    /// <summary>Its name in the audit log.</summary>
    protected abstract string Action { get; }

    public sealed override async ValueTask<Change> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var rows = transaction.Db.Software.Where(software => software.SoftwareGuid == target.SoftwareGuid);
        while (true)
        {
            var judged = await rows.SingleOrDefaultAsync(ct);
            if (judged is null or { IsDeleted: true })
            {
                return new Change.SoftwareUnknown();
            }

            if (!target.Caller.MayActAs(judged.IssuerGuid))
            {
                return new Change.NotOfCaller();
            }

            if (target.Precondition?.Admits(SoftwareView.ETagOf(judged)) == false)
            {
                return new Change.PreconditionFailed();
            }

            if (await ApplyAsync(rows.Where(software => software.Revision == judged.Revision), judged.Revision + 1, ct) == 1)
            {
                var changed = await rows.SingleAsync(ct);
                await audit.AppendAsync(transaction, SoftwareAudit.Entry(target.Caller.Actor, Action, changed), ct);
                return new Change.Done(changed);
            }

            // On PostgreSQL another change came between the two statements: the software is judged again as it is now.
        }
    }

    /// <summary>Makes the change to the row, where it is still there.</summary>
    /// <returns>The number of rows changed.</returns>
    protected abstract Task<int> ApplyAsync(IQueryable<SoftwareProduct> row, long revision, CancellationToken ct);
}
