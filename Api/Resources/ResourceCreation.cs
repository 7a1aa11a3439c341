using System.Security.Cryptography;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;

namespace Repository.Api.Resources;

/// <summary>Decides whose a new resource is and what it is called, and says in HTTP what became of it.</summary>
internal sealed class ResourceCreation(Writes writes, AuditLog audit, TimeProvider clock)
{
    private const int GuidBytes = 32;

    public async Task<Answer> ExecuteAsync(HttpContext context, CreateResourceRequest request, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        if (OwnerOf(request, caller) is not { } owner)
        {
            return Answer.Invalid("ownerGuid", "is required of an administrator.");
        }

        if (!caller.MayActAs(owner))
        {
            return await writes.RefuseAsync(context, Answer.Refuse(ApiProblem.Forbidden), ct);
        }

        var guid = request.ResourceGuid is { } given
            ? HashIdentifier.Parse(given)
            : HashIdentifier.Load(RandomNumberGenerator.GetBytes(GuidBytes));
        var resource = Resource.Create(guid, owner, request.Name, request.AllowedPeers ?? AllowedPeers.Own, clock.GetUtcNow());
        return await writes.ExecuteAsync(
            context,
            new CreateResource(resource, caller.Actor, audit),
            outcome => outcome switch
            {
                Creation.Done => Answer.Created($"/v1/resources/{resource.ResourceGuid}", ResourceView.Of(resource)),
                Creation.OwnerUnknown => Answer.Refuse(ApiProblem.UserUnknown, "The owner is not registered."),
                _ => Answer.Refuse(ApiProblem.ResourceExists),
            },
            ct);
    }

    /// <returns>Null when the caller is nobody's session and names no owner.</returns>
    private static HashIdentifier? OwnerOf(CreateResourceRequest request, Caller caller) =>
        request.OwnerGuid is { } named ? HashIdentifier.Parse(named) : caller.UserGuid;
}
