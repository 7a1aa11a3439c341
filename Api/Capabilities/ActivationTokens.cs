using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;

namespace Repository.Api.Capabilities;

internal sealed class ActivationTokens
{
    public ValueTask<string> IssueAsync(CapabilityFile file, HashIdentifier machine, DateTimeOffset now, CancellationToken ct) => new("stub");
}
