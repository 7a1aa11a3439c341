using Repository.Benchmarks.Load.Processes;
using Repository.Infrastructure.Keys;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>What the server's own code does to a token, called by many threads at once.</summary>
internal sealed class TokenWork
{
    private const string Issuer = "http://127.0.0.1:5080";
    private const string Subject = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";

    private readonly TokenSigner _signer;
    private readonly TokenVerifier _verifier;
    private readonly List<string> _tokens;

    /// <param name="server">Whose signer and verifier.</param>
    /// <param name="count">How many tokens are verified in turn.</param>
    public TokenWork(ServerInProcess server, int count)
    {
        _signer = server.Get<TokenSigner>();
        _verifier = server.Get<TokenVerifier>();
        _tokens = [.. Enumerable.Range(0, count).Select(_ => Sign())];
    }

    /// <summary>Signs a token with the claims that a resource's has.</summary>
    public string Sign()
    {
        var now = DateTimeOffset.UtcNow;
        return Complete(_signer.SignAsync(
            new TokenClaims
            {
                Issuer = Issuer,
                Subject = Subject,
                Audience = Subject,
                Timecode = now.ToUnixTimeSeconds(),
                NotBefore = now,
                ExpiresDate = now.AddDays(1),
            },
            CancellationToken.None));
    }

    /// <summary>Verifies one of the tokens.</summary>
    public void Verify(int turn)
    {
        if (Complete(_verifier.VerifyAsync(_tokens[turn % _tokens.Count], Issuer, CancellationToken.None)) is null)
        {
            throw new InvalidOperationException("A token that this server signed is not valid.");
        }
    }

    // Both wait only when the keys are read again, once a minute; the threads are this benchmark's own.
    private static T Complete<T>(ValueTask<T> work) => work.IsCompletedSuccessfully ? work.Result : work.AsTask().GetAwaiter().GetResult();
}
