using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Actions;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Requests;

namespace Repository.Api.Coffer;

/// <summary>The coffer, as clients and companions use it.</summary>
[Route("v1/coffer")]
[ServiceTag("Coffer")]
[AllowAnonymous]
internal sealed class CofferController : ControllerBase
{
    /// <summary>Reads the server's key and the coffer's version</summary>
    /// <remarks>A client that holds its secrets asks here whether anything has changed.</remarks>
    [HttpGet]
    [ProducesResponseType<CofferView>(StatusCodes.Status200OK)]
    public async Task<Answer> Read([FromServices] ReadCoffer read, CancellationToken ct) => Answer.Ok(await read.ExecuteAsync(ct));

    /// <summary>Gives a client its secrets</summary>
    /// <remarks>
    /// The body is the client's X25519 key, a nonce and a box for the server's key; the answer is a nonce and a box for the client's.
    /// <c>docs/formats.md</c> has their bytes. A request is answered once, within 900 s of its timecode.
    /// </remarks>
    [HttpPost("secrets")]
    [IgnoresIdempotencyKey]
    [ProducesResponseType<byte[]>(StatusCodes.Status200OK)]
    [Refuses(
        "validation-failed",
        "seal-broken",
        "request-stale",
        "request-replayed",
        "shard-unknown",
        "licence-required",
        "body-too-large",
        "unsupported-media-type",
        "overloaded")]
    public Task<Answer> Fetch([BinaryBody(BodyType.Bytes)] BinaryBody body, [FromServices] FetchSecrets fetch, CancellationToken ct) =>
        fetch.ExecuteAsync(body.Bytes, ct);

    /// <summary>Replaces the definition of all shards</summary>
    /// <remarks>
    /// A registered companion sends its box, without a credential. An administrator sends the TOML document sealed to the server's key, or as
    /// it is. Secrets that were set by themselves go too; licences that shards take stay. A sealed definition is accepted once for ever.
    /// </remarks>
    [HttpPut("definition")]
    [ProducesResponseType<DefinitionView>(StatusCodes.Status200OK)]
    [Refuses("seal-broken", "definition-invalid", "definition-replayed", "forbidden")]
    public Task<Answer> Define(
        [BinaryBody(BodyType.Bytes, BodyType.Toml)] BinaryBody body,
        [FromServices] UploadDefinition upload,
        CancellationToken ct) =>
        upload.ExecuteAsync(HttpContext, body, ct);
}
