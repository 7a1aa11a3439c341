using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.OpenApi;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Users;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Users;

/// <summary>Users, known by a hash and by the keys that they prove to hold.</summary>
[Route("v1/users")]
[ServiceTag("Registry")]
internal sealed class UsersController : ControllerBase
{
    /// <summary>Registers a user</summary>
    /// <remarks>
    /// The proof shows that the private key is at hand, and binds the sealing key to it; <c>docs/formats.md</c> has its bytes. The first
    /// registration of a user guid wins, whatever the key.
    /// </remarks>
    [HttpPost]
    [AllowAnonymous]
    [ProducesResponseType<UserView>(StatusCodes.Status201Created)]
    [Refuses("validation-failed", "key-unsupported", "proof-invalid", "user-exists")]
    public Task<Answer> Register([JsonBody] RegisterUserRequest request, [FromServices] UserRegistrar registrar, CancellationToken ct) =>
        registrar.ExecuteAsync(HttpContext, request, ct);

    /// <summary>Shows a user</summary>
    [HttpGet("{userGuid}")]
    [AllowAnonymous]
    [ProducesResponseType<UserView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "user-unknown")]
    public async Task<Answer> Get([FromRoute] HashIdentifier userGuid, [FromServices] RepositoryDbContext db, CancellationToken ct) =>
        await UserWithKey.FindAsync(db, userGuid, ct) is { } known ? Answer.Ok(UserView.Of(known)) : Answer.Refuse(ApiProblem.UserUnknown);

    /// <summary>Replaces a user's keys</summary>
    /// <remarks>
    /// Both the present key and the new one sign. What the present key signed stays valid, unless <c>revokeOld</c> is true. Without
    /// <c>sealingKey</c> the user has none from now on.
    /// </remarks>
    [HttpPut("{userGuid}/keys")]
    [AllowAnonymous]
    [ProducesResponseType<UserView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "key-unsupported", "user-unknown", "user-disabled", "proof-invalid", "key-reused", "too-many-keys")]
    public Task<Answer> ReplaceKeys(
        [FromRoute] HashIdentifier userGuid,
        [JsonBody] ReplaceUserKeysRequest request,
        [FromServices] UserKeyReplacer replacer,
        CancellationToken ct) =>
        replacer.ExecuteAsync(HttpContext, userGuid, request, ct);

    /// <summary>Disables or enables a user</summary>
    /// <remarks>A user may disable itself; only an administrator enables. Disabling ends its sessions.</remarks>
    [HttpPatch("{userGuid}")]
    [Authorize(Policies.User)]
    [ProducesResponseType<UserView>(StatusCodes.Status200OK)]
    [Refuses("validation-failed", "user-unknown")]
    public Task<Answer> Update(
        [FromRoute] HashIdentifier userGuid,
        [JsonBody] UpdateUserRequest request,
        [FromServices] UserUpdater updater,
        CancellationToken ct) =>
        updater.ExecuteAsync(HttpContext, userGuid, (UserState)request.State, ct);
}
