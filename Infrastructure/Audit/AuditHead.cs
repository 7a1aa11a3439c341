using Repository.Domain.Audit;

namespace Repository.Infrastructure.Audit;

/// <summary>The one row that says where the audit log ends. Appending updates it first, and so waits for its turn.</summary>
internal sealed class AuditHead
{
    public int Id { get; private set; } = 1;

    /// <summary>The sequence of the newest entry; 0 while there is none.</summary>
    public long Sequence { get; private set; }

    /// <summary>The hash of the newest entry; zeros while there is none.</summary>
    public byte[] Hash { get; private set; } = new byte[AuditEntry.HashSize];
}
