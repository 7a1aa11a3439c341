using FluentValidation;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <param name="Label">What the owner calls it: 1 to 128 characters.</param>
public sealed record CreateLoginTokenRequest(string? Label = null);

internal sealed class CreateLoginTokenRequestValidator : AbstractValidator<CreateLoginTokenRequest>
{
    public CreateLoginTokenRequestValidator() => RuleFor(request => request.Label).HasCharacters(1, LoginToken.MaxLabelLength);
}

/// <summary>A login token that was drawn for a resource.</summary>
internal sealed record NewLoginToken(HashIdentifier ResourceGuid, PlainLoginToken Token, string? Label, DateTimeOffset CreatedDate);

/// <summary>Keeps a new login token; false when the caller has no such resource.</summary>
internal sealed class CreateLoginToken(NewLoginToken created, Caller caller, AuditLog audit) : WriteOperation<bool>
{
    private static readonly Statement Insert = new(
        """
        INSERT INTO login_tokens (source_id, resource_guid, secret_hash, label, created_date) VALUES ($1, $2, $3, $4, $5)
        """);

    public override async ValueTask<bool> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (!await transaction.HoldAsync(created.ResourceGuid, caller, ct))
        {
            return false;
        }

        await transaction.ExecuteAsync(
            Insert,
            [
                SqlValue.Of(created.Token.Source.ToByteArray()),
                SqlValue.Of(created.ResourceGuid),
                SqlValue.Of(created.Token.SecretHash),
                SqlValue.Of(created.Label),
                SqlValue.Of(created.CreatedDate),
            ],
            ct);
        await audit.AppendAsync(
            transaction,
            ResourceAudit.Entry(caller.Actor, "login-token-created", created.ResourceGuid, created.Token.Source),
            ct);
        return true;
    }
}
