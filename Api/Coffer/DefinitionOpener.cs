using System.Security.Cryptography;
using Repository.Api.Hosting.Actions;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Coffer;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Coffer;

namespace Repository.Api.Coffer;

/// <summary>What an upload turned out to be.</summary>
internal abstract record OpenedDefinition
{
    private OpenedDefinition()
    {
    }

    /// <param name="Toml">The document.</param>
    /// <param name="Secret">The array that holds the document where it was boxed, to be wiped; else empty.</param>
    /// <param name="Source">Where it comes from.</param>
    public sealed record Opened(ReadOnlyMemory<byte> Toml, byte[] Secret, DefinitionSource Source) : OpenedDefinition;

    /// <param name="Refusal">What it is answered with.</param>
    /// <param name="IsOfOperation">Whether the refusal is the operation's, so that it counts for an <c>Idempotency-Key</c>.</param>
    public sealed record Refused(Answer Refusal, bool IsOfOperation) : OpenedDefinition;
}

/// <summary>
/// Opens uploads by who sends them: without a credential a companion's box, with an administrator's a sealed box or plain TOML. No other
/// credential may upload.
/// </summary>
internal sealed class DefinitionOpener(CofferKey key, Companions companions)
{
    public async ValueTask<OpenedDefinition> OpenAsync(HttpContext context, BinaryBody body, CancellationToken ct)
    {
        var isToml = string.Equals(body.MediaType, BodyType.Toml, StringComparison.Ordinal);
        return Caller.Of(context) switch
        {
            { IsAdministrator: true, Actor: var actor } when isToml =>
                new OpenedDefinition.Opened(body.Bytes, [], new DefinitionSource(actor, Companion: null, BodyHash: null)),
            { IsAdministrator: true, Actor: var actor } => OpenSealed(body.Bytes, actor),
            { IsAnonymous: true } when isToml => new OpenedDefinition.Refused(AuthorizationProblems.Challenge(context), IsOfOperation: false),
            { IsAnonymous: true } => await OpenBoxAsync(body.Bytes, ct),
            _ => new OpenedDefinition.Refused(Answer.Refuse(ApiProblem.Forbidden), IsOfOperation: true),
        };
    }

    private OpenedDefinition OpenSealed(ReadOnlyMemory<byte> body, string actor) => SealedBox.TryOpen(body.Span, key.Pair, out var toml)
        ? new OpenedDefinition.Opened(toml, toml, new DefinitionSource(actor, Companion: null, SHA256.HashData(body.Span)))
        : Broken();

    /// <summary>Whether a companion is registered is asked in any case, and judged with the box: the two refusals are one.</summary>
    private async ValueTask<OpenedDefinition> OpenBoxAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var boxed = new BoxedBody(body);
        using var box = CryptoBox.Agree(key.Pair, boxed.KeyBytes);
        var companion = boxed.PublicKey;
        var isOpen = box.TryOpen(boxed.Box, out var toml);
        var isRegistered = await companions.ContainsAsync(companion, ct);
        if (isOpen & isRegistered)
        {
            return new OpenedDefinition.Opened(toml, toml, new DefinitionSource(CofferEvents.ActorOf(companion), companion, SHA256.HashData(body.Span)));
        }

        CryptographicOperations.ZeroMemory(toml);
        return Broken();
    }

    private static OpenedDefinition.Refused Broken() => new(Answer.Refuse(ApiProblem.SealBroken), IsOfOperation: true);
}
