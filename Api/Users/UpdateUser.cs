using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Audit;
using Repository.Domain.Encoding;
using Repository.Domain.Users;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Sessions;
using Repository.Infrastructure.Signals;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Users;

/// <param name="State">0 disables, 1 enables.</param>
public sealed record UpdateUserRequest(int State);

internal sealed class UpdateUserRequestValidator : AbstractValidator<UpdateUserRequest>
{
    public UpdateUserRequestValidator() =>
        RuleFor(request => request.State).InclusiveBetween(0, 1).WithMessage("must be 0 (disabled) or 1 (enabled).");
}

/// <summary>
/// Disables or enables a user; null when there is none. Disabling ends its sessions. A call that changes nothing is not audited.
/// </summary>
internal sealed class UpdateUser(HashIdentifier userGuid, UserState state, DateTimeOffset now, string actor, AuditLog audit)
    : WriteOperation<UserWithKey?>
{
    public override async ValueTask<UserWithKey?> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var db = transaction.Db;
        var changed = await db.Users
            .Where(user => user.UserGuid == userGuid && user.State != state)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.State, state), ct);
        if (changed == 1 && state == UserState.Disabled)
        {
            await LiveSessions.EndAllAsync(transaction, userGuid, now, ct);
        }

        if (changed == 1)
        {
            var action = state == UserState.Enabled ? "user-enabled" : "user-disabled";
            await audit.AppendAsync(transaction, new AuditEvent(actor, action, userGuid.ToString()), ct);
        }

        return await UserWithKey.FindAsync(db, userGuid, ct);
    }
}

/// <summary>Disables and enables users, for whom it is allowed, and tells whoever waits in a session of theirs.</summary>
internal sealed class UserUpdater(Writes writes, AuditLog audit, ISignals signals, TimeProvider clock)
{
    public async Task<Answer> ExecuteAsync(HttpContext context, HashIdentifier userGuid, UserState state, CancellationToken ct)
    {
        var caller = Caller.Of(context);
        if (!caller.IsAdministrator && !(caller.MayActAs(userGuid) && state == UserState.Disabled))
        {
            return await writes.RefuseAsync(context, Answer.Refuse(ApiProblem.Forbidden), ct);
        }

        // To its end also when the caller goes away, because others are told.
        var answer = await writes.ExecuteAsync(
            context,
            new UpdateUser(userGuid, state, clock.GetUtcNow(), caller.Actor, audit),
            static known => known is null ? Answer.Refuse(ApiProblem.UserUnknown) : Answer.Ok(UserView.Of(known)),
            CancellationToken.None);
        signals.Raise(Topic.User(userGuid));
        return answer;
    }
}
