using System.Text.Json;
using FluentValidation;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Resources;

/// <param name="Timecode">Unix seconds, which <c>iat</c> is to say; absent: now.</param>
/// <param name="Audience">Whom it is for, 1 to 256 characters; absent: the resource.</param>
/// <param name="LifetimeSeconds">How long it is good, 1 to 2,592,000; 900.</param>
/// <param name="Claims">The resource's own claims, at most 4,096 bytes; they stand beside iss, sub, aud and the rest and may not be named like them.</param>
public sealed record ResourceTokenRequest(
    long? Timecode = null,
    string? Audience = null,
    int? LifetimeSeconds = null,
    JsonElement? Claims = null);

internal sealed class ResourceTokenRequestValidator : AbstractValidator<ResourceTokenRequest>
{
    private const int MaxAudienceLength = 256;
    private const int MaxLifetimeSeconds = 2_592_000; // 30 days: a signing key is published for 31 after its last use.

    public ResourceTokenRequestValidator()
    {
        RuleFor(request => request.Audience).HasCharacters(1, MaxAudienceLength);
        RuleFor(request => request.LifetimeSeconds).InclusiveBetween(1, MaxLifetimeSeconds).WithMessage($"must be 1 to {MaxLifetimeSeconds}.");
        RuleFor(request => request.Claims).Custom(static (claims, context) =>
        {
            if (claims is { } given && OwnClaims.Refuse(given) is { } flaw)
            {
                context.AddFailure(flaw);
            }
        });
    }
}

/// <summary>A JWT of a resource's. No record: it would print it.</summary>
public sealed class ResourceTokenView(string token, long timecode, DateTimeOffset expiresDate)
{
    /// <summary>The JWT in its compact form.</summary>
    public string Token { get; } = token;

    /// <summary>Its <c>iat</c>.</summary>
    public long Timecode { get; } = timecode;

    /// <summary>Its <c>exp</c>: from then on it is not good any more.</summary>
    public DateTimeOffset ExpiresDate { get; } = expiresDate;
}

/// <summary>Signs what a resource says, in its name and no other.</summary>
internal sealed class IssueResourceToken(TokenSigner signer, IssuerName issuer, TimeProvider clock)
{
    private const int DefaultLifetimeSeconds = 900;

    public async Task<Answer> ExecuteAsync(HashIdentifier resourceGuid, Caller caller, ResourceTokenRequest request, CancellationToken ct)
    {
        if (caller.ResourceGuid != resourceGuid)
        {
            return Answer.Refuse(ApiProblem.Forbidden);
        }

        // Cut to the second, as the claims are: what the answer says of the end is what the token says.
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var timecode = request.Timecode ?? now.ToUnixTimeSeconds();
        if (TimecodeRules.Refuse(timecode, now, isPin: false) is { } flaw)
        {
            return Answer.Refuse(ApiProblem.TimecodeInvalid, flaw);
        }

        var claims = new TokenClaims
        {
            Issuer = issuer.Value,
            Subject = resourceGuid.ToString(),
            Audience = request.Audience ?? resourceGuid.ToString(),
            Timecode = timecode,
            NotBefore = now,
            ExpiresDate = now.AddSeconds(request.LifetimeSeconds ?? DefaultLifetimeSeconds),
            OwnClaims = request.Claims,
        };
        return Answer.Ok(new ResourceTokenView(await signer.SignAsync(claims, ct), timecode, claims.ExpiresDate));
    }
}
