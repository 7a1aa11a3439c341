using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Repository.Api.Tests.Hosting;

/// <summary>
/// Remembers every secret and every machine date that goes over the wire of a test, so that the server's log can be searched for
/// them when the test ends.
/// </summary>
internal sealed partial class SecretWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);

    public void Add(string secret) => _secrets.TryAdd(secret, true);

    public void AssertAbsentFrom(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var found = _secrets.Keys.FirstOrDefault(secret => line.Contains(secret, StringComparison.Ordinal));
            Assert.True(found is null, $"The log holds a secret: {line}");
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        foreach (Match secret in Secrets().Matches(body))
        {
            Add(secret.Groups["secret"].Value);
        }

        return answer;
    }

    /// <summary>Of a login token the part that is secret; a key where it is one of 32 bytes, and not the name of a secret.</summary>
    [GeneratedRegex(
        "\"((lastAccessedDate|loginToken|sealedKey|token)\":\"(rlt_[0-9a-f]+\\.)?(?<secret>[^\"]+)|key\":\"(?<secret>[A-Za-z0-9+/]{43}=))\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secrets();
}
