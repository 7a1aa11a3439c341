using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <summary>Shows a resource's login tokens to its owner, in the order of creation.</summary>
internal sealed class ReadLoginTokens(RepositoryDbContext db)
{
    public async Task<Answer> ListAsync(HashIdentifier resourceGuid, Caller caller, Cursor? after, PageLimit? limit, CancellationToken ct)
    {
        if (!await db.Resources.OfCaller(caller, resourceGuid).AnyAsync(ct))
        {
            return Answer.Refuse(ApiProblem.ResourceUnknown);
        }

        var position = after?.Position ?? 0;
        return Answer.Ok(await db.LoginTokens
            .Where(token => token.ResourceGuid == resourceGuid && token.Id > position)
            .OrderBy(token => token.Id)
            .ToPageAsync(limit, static token => token.Id, LoginTokenView.Of, ct));
    }

    public async Task<Answer> FindAsync(HashIdentifier resourceGuid, SourceId source, Caller caller, CancellationToken ct)
    {
        if (!await db.Resources.OfCaller(caller, resourceGuid).AnyAsync(ct))
        {
            return Answer.Refuse(ApiProblem.ResourceUnknown);
        }

        var id = source.ToByteArray();
        return await db.LoginTokens.SingleOrDefaultAsync(token => token.SourceId == id && token.ResourceGuid == resourceGuid, ct) is { } found
            ? Answer.Ok(LoginTokenView.Of(found))
            : Answer.Refuse(ApiProblem.LoginTokenUnknown);
    }
}
