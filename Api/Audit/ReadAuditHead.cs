using Repository.Infrastructure.Audit;

namespace Repository.Api.Audit;

/// <summary>Reads the end of the audit log, whether it is whole by itself and by what nodes remember of it, and what they signed.</summary>
internal sealed class ReadAuditHead(AuditChain chain, AuditWitness witness, CountersignatureTable countersignatures)
{
    public async Task<AuditHeadView> ExecuteAsync(CancellationToken ct)
    {
        var head = await chain.ReadHeadAsync(ct);
        var isRemembered = await witness.IsWholeAsync(ct);
        return AuditHeadView.Of(head with { IsIntact = head.IsIntact && isRemembered }, await countersignatures.ReadAsync(ct));
    }
}
