using Repository.Api.Hosting.Callers;
using Repository.Domain.Encoding;

namespace Repository.Api.Tests.Hosting;

/// <summary>A session as policies see it, for whoever a test says: where the handshake is not what is tested.</summary>
internal sealed class TestSession : ICredential
{
    public const string Prefix = "test-session-";

    public ValueTask<Caller?> RecognizeAsync(string presented, CancellationToken ct) => new(
        presented.StartsWith(Prefix, StringComparison.Ordinal) && HashIdentifier.TryParse(presented.AsSpan(Prefix.Length), out var user)
            ? Caller.Session(user, presented)
            : null);
}
