using System.Runtime.InteropServices;
using Repository.Api.Hosting;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Keys;

/// <summary>Tells the time so that it can be shown to others: signed, and with what the asker gave, so that an old answer is no new one.</summary>
internal sealed class TimeTokens(TokenSigner signer, IssuerName issuer, TimeProvider clock)
{
    /// <summary>How long an answer is worth keeping: a window.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(Timecode.WindowSeconds);

    public async Task<TimeView> IssueAsync(Nonce? nonce, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var timecode = now.ToUnixTimeSeconds();
        var claims = new TokenClaims
        {
            Issuer = issuer.Value,
            Subject = issuer.Value,
            Audience = issuer.Value,
            Timecode = timecode,
            NotBefore = now,
            ExpiresDate = now + Lifetime,
            Nonce = nonce?.Text,
            WindowStart = Timecode.WindowStart(timecode),
        };
        return new TimeView(timecode, Timecode.WindowStart(timecode), claims.Nonce, await signer.SignAsync(claims, ct));
    }
}

/// <summary>What time it is here.</summary>
/// <param name="Timecode">Unix seconds.</param>
/// <param name="WindowStart">The first second of the timecode's window.</param>
/// <param name="Nonce">What the asker gave; null where it gave none.</param>
/// <param name="Token">A JWT over the same: <c>iat</c> is the timecode.</param>
public sealed record TimeView(long Timecode, long WindowStart, string? Nonce, string Token);

/// <summary>What an asker gives to know its answer by. Any text that is not too long.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Nonce(string Text) : ICanonicalText<Nonce>
{
    public const int MaxCharacters = 128;

    public static string Rule => "must be given once, in at most 128 characters.";

    public static bool TryParse(ReadOnlySpan<char> text, out Nonce value)
    {
        value = new Nonce(text.ToString());
        return value.Text.EnumerateRunes().Count() <= MaxCharacters;
    }
}
