using FluentValidation;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer;

/// <param name="SoftwareGuid">The software for which a machine must hold a seat. It need not be there yet: until it is, nobody is given the shard.</param>
public sealed record BindLicenceRequest(string SoftwareGuid);

internal sealed class BindLicenceRequestValidator : AbstractValidator<BindLicenceRequest>
{
    public BindLicenceRequestValidator() => RuleFor(request => request.SoftwareGuid).Spells<BindLicenceRequest, HashIdentifier>();
}

/// <summary>Binds a shard to a licence; null when there is no such shard. A call that changes nothing leaves the version and is not audited.</summary>
internal sealed class BindLicence(ClientKey shard, HashIdentifier software, string actor, AuditLog audit) : WriteOperation<BoundLicenceView?>
{
    private static readonly Statement Upsert = new(
        """
        INSERT INTO coffer_licences (client_key, software_guid) VALUES ($1, $2)
        ON CONFLICT (client_key) DO UPDATE SET software_guid = excluded.software_guid
        WHERE coffer_licences.software_guid <> excluded.software_guid
        """);

    private static readonly Statement SelectVersion = new("SELECT version FROM coffer WHERE id = 1");

    public override async ValueTask<BoundLicenceView?> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.HoldCofferAsync(ct);
        if (!await transaction.HasShardAsync(shard, ct))
        {
            return null;
        }

        if (await transaction.ExecuteAsync(Upsert, [SqlValue.Of(shard), SqlValue.Of(software)], ct) == 0)
        {
            return new BoundLicenceView(software.ToString(), (await transaction.QueryAsync(SelectVersion, [], ct))[0].Number(0));
        }

        var version = await transaction.RaiseShardVersionAsync(shard, ct);
        await audit.AppendAsync(transaction, CofferEvents.LicenceSet(actor, shard, software), ct);
        return new BoundLicenceView(software.ToString(), version);
    }
}

/// <summary>
/// Frees a shard from its licence; false when there is neither such a shard nor a licence of one that was. Freeing it again changes
/// nothing.
/// </summary>
internal sealed class UnbindLicence(ClientKey shard, string actor, AuditLog audit) : WriteOperation<bool>
{
    private static readonly Statement Delete = new("DELETE FROM coffer_licences WHERE client_key = $1");

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        await transaction.HoldCofferAsync(ct);
        if (await transaction.ExecuteAsync(Delete, [SqlValue.Of(shard)], ct) == 0)
        {
            return await transaction.HasShardAsync(shard, ct);
        }

        await transaction.RaiseShardVersionAsync(shard, ct);
        await audit.AppendAsync(transaction, CofferEvents.LicenceRemoved(actor, shard), ct);
        return true;
    }
}
