using Microsoft.Extensions.Primitives;

namespace Repository.Api.Hosting.Callers;

/// <summary>Reads <c>Authorization: Bearer …</c> (RFC 6750, 2.1).</summary>
internal sealed class CallerRecognition(IEnumerable<ICredential> credentials)
{
    private const string Scheme = "Bearer ";

    private readonly ICredential[] _credentials = [.. credentials];

    /// <returns>The caller, or null when a credential was presented and is bad.</returns>
    public async ValueTask<Caller?> RecognizeAsync(StringValues authorization, CancellationToken ct)
    {
        if (authorization.Count > 1
            || authorization[0] is not { } header
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var presented = header[Scheme.Length..];
        foreach (var credential in _credentials)
        {
            if (await credential.RecognizeAsync(presented, ct) is { } caller)
            {
                return caller;
            }
        }

        return null;
    }
}
