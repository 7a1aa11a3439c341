using Repository.Infrastructure.Keys;

namespace Repository.Api.Hosting.Callers;

/// <summary>The administrator's key.</summary>
internal sealed class AdministratorCredential(AdministratorKey administrator) : ICredential
{
    private readonly Lazy<Caller> _administrator = new(() => Caller.Administrator(Convert.ToHexString(administrator.Hash)));

    public ValueTask<Caller?> RecognizeAsync(string presented, CancellationToken ct) => new(
        presented.StartsWith(AdministratorKey.Prefix, StringComparison.Ordinal) && administrator.Matches(presented) ? _administrator.Value : null);
}
