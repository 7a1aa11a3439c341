using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Coffer;

/// <summary>Shards as an administrator sees and changes them: never a value in an answer.</summary>
[Route("v1/coffer/shards")]
[ServiceTag("Coffer")]
[Authorize(Policies.Administrator)]
internal sealed class ShardsController : ControllerBase
{
    private string Actor => Caller.Of(HttpContext).Actor;

    /// <summary>Lists shards, in the order of their keys</summary>
    /// <param name="after">The <c>next</c> of the part before.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="read">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpGet]
    [ProducesResponseType<Page<ShardView>>(StatusCodes.Status200OK)]
    [Refuses("validation-failed")]
    public async Task<Answer> List(
        [FromQuery] ShardCursor? after,
        [FromQuery] PageLimit? limit,
        [FromServices] ReadShards read,
        CancellationToken ct) =>
        Answer.Ok(await read.ListAsync(after, limit, ct));

    /// <summary>Reads a shard</summary>
    [HttpGet("{publicKey}")]
    [ProducesResponseType<ShardView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "shard-unknown")]
    public async Task<Answer> Read([FromRoute] ClientKey publicKey, [FromServices] ReadShards read, CancellationToken ct) =>
        await read.FindAsync(publicKey, ct) is { } shard ? Answer.Ok(shard) : Answer.Refuse(ApiProblem.ShardUnknown);

    /// <summary>Sets a secret</summary>
    /// <remarks>
    /// Without a new definition, until one replaces it. An <c>integer</c> is a JSON number of full 64 bits, signed, without fraction and
    /// exponent; a <c>float</c> a JSON number that is finite as a double; a <c>date</c> RFC 3339 with its offset. Nothing is converted.
    /// </remarks>
    /// <param name="publicKey">The client's key.</param>
    /// <param name="key">The secret's key, percent-encoded: 1 to 1,024 bytes of UTF-8, but not <c>.</c>, <c>..</c> or with U+0000, which no path holds.</param>
    /// <param name="request">Its type and value.</param>
    /// <param name="set">The operation.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpPut("{publicKey}/secrets/{key}")]
    [ProducesResponseType<CofferVersionView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "shard-unknown")]
    public Task<Answer> SetSecret(
        [FromRoute] ClientKey publicKey,
        [FromRoute] PathText key,
        [JsonBody] SetSecretRequest request,
        [FromServices] SecretSetting set,
        CancellationToken ct) =>
        set.ExecuteAsync(HttpContext, publicKey, key.Text, request, ct);

    /// <summary>Removes a secret</summary>
    /// <remarks>Without a new definition, until one brings it back.</remarks>
    /// <param name="publicKey">The client's key.</param>
    /// <param name="key">The secret's key, percent-encoded.</param>
    /// <param name="writes">The operation.</param>
    /// <param name="audit">Where it is recorded.</param>
    /// <param name="ct">Ends the call.</param>
    [HttpDelete("{publicKey}/secrets/{key}")]
    [ProducesResponseType<CofferVersionView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "shard-unknown", "secret-unknown")]
    public Task<Answer> DeleteSecret(
        [FromRoute] ClientKey publicKey,
        [FromRoute] PathText key,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        CancellationToken ct) =>
        writes.ExecuteAsync(HttpContext, new DeleteSecret(publicKey, key.Text, Actor, audit), SecretSetting.AnswerTo, ct);

    /// <summary>Binds a shard to a licence</summary>
    /// <remarks>
    /// From the next request on it is sealed only to a machine that holds a seat for this software, under a valid capability. The binding
    /// outlasts definitions, and also the shard: one that comes back is bound.
    /// </remarks>
    [HttpPut("{publicKey}/licence")]
    [ProducesResponseType<BoundLicenceView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "shard-unknown")]
    public Task<Answer> BindLicence(
        [FromRoute] ClientKey publicKey,
        [JsonBody] BindLicenceRequest request,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new BindLicence(publicKey, HashIdentifier.Parse(request.SoftwareGuid), Actor, audit),
            static bound => bound is null ? Answer.Refuse(ApiProblem.ShardUnknown) : Answer.Ok(bound),
            ct);

    /// <summary>Frees a shard from its licence</summary>
    /// <remarks>Freeing it again changes nothing.</remarks>
    [HttpDelete("{publicKey}/licence")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Refuses("validation-failed", "shard-unknown")]
    public Task<Answer> UnbindLicence(
        [FromRoute] ClientKey publicKey,
        [FromServices] Writes writes,
        [FromServices] AuditLog audit,
        CancellationToken ct) =>
        writes.ExecuteAsync(
            HttpContext,
            new UnbindLicence(publicKey, Actor, audit),
            static freed => freed ? Answer.NoContent() : Answer.Refuse(ApiProblem.ShardUnknown),
            ct);
}
