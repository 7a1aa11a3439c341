using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Coffer;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Coffer;

namespace Repository.Api.Coffer;

/// <summary>
/// Reads a definition and has it put in the place of the one before. Everything is opened, read and sealed before the write is queued.
/// </summary>
internal sealed class UploadDefinition(DefinitionOpener opener, SecretSeal seal, Writes writes, AuditLog audit, TimeProvider clock)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, BinaryBody body, CancellationToken ct)
    {
        switch (await opener.OpenAsync(context, body, ct))
        {
            case OpenedDefinition.Refused { IsOfOperation: true, Refusal: var refusal }:
                return await writes.RefuseAsync(context, refusal, ct);
            case OpenedDefinition.Refused refused:
                return refused.Refusal;
            case OpenedDefinition.Opened opened:
                return await ReadAsync(context, opened, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<Answer> ReadAsync(HttpContext context, OpenedDefinition.Opened opened, CancellationToken ct)
    {
        try
        {
            return CofferDefinition.TryParse(opened.Toml.Span, out var definition, out var flaw)
                ? await writes.ExecuteAsync(context, new ReplaceDefinition(Seal(definition, opened.Source), audit), AnswerTo, ct)
                : await writes.RefuseAsync(context, Invalid(flaw), ct);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened.Secret);
        }
    }

    private SealedShards Seal(CofferDefinition definition, DefinitionSource source) => new(
        definition,
        [.. definition.Shards.SelectMany(shard => shard.Secrets.Select(secret => SealedSecret.Of(shard.Client, secret, seal)))],
        source,
        clock.GetUtcNow());

    private static Answer AnswerTo(Replacement outcome) => outcome switch
    {
        Replacement.Done done => Answer.Ok(done.View),
        Replacement.Replayed => Answer.Refuse(ApiProblem.DefinitionReplayed),
        _ => Answer.Refuse(ApiProblem.SealBroken), // As if it had never been a companion's.
    };

    private static Answer Invalid(DefinitionFlaw flaw) => Answer.Refuse(ApiProblem.DefinitionInvalid, flaw.Message)
        .With("line", JsonValue.Create(flaw.Position.Line))
        .With("key", JsonValue.Create(flaw.Key));
}
