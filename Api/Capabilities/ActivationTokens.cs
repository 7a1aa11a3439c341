using Microsoft.Extensions.Options;
using Repository.Api.Hosting;
using Repository.Domain.Capabilities;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Capabilities;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Capabilities;

/// <summary>
/// Issues the tokens by which a program on an activated machine goes on offline: until the capability ends, and for
/// <c>Capabilities:OfflineGrace</c> at the most.
/// </summary>
internal sealed class ActivationTokens(TokenSigner signer, IssuerName issuer, IOptions<CapabilityOptions> options)
{
    public ValueTask<string> IssueAsync(CapabilityFile file, HashIdentifier machine, DateTimeOffset now, CancellationToken ct)
    {
        var grace = now + options.Value.OfflineGrace;
        var claims = new TokenClaims
        {
            Issuer = issuer.Value,
            Subject = machine.ToString(),
            Audience = issuer.Value,
            Timecode = now.ToUnixTimeSeconds(),
            NotBefore = now,
            ExpiresDate = file.NotAfter is { } end && end < grace ? end : grace,
            Capability = file.CapabilityGuid,
        };
        return signer.SignAsync(claims, ct);
    }
}
