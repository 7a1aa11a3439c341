using System.Text;
using FluentValidation;
using Repository.Api.Hosting.Json;
using Repository.Api.Hosting.Problems;
using Repository.Domain.Encoding;
using Repository.Domain.Rooms;
using Repository.Infrastructure.Rooms;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Rooms;

/// <param name="Epoch">The epoch whose key the message is sealed under: the present one.</param>
/// <param name="Ciphertext">Base64 of 1 to 65,536 bytes. What is in it only the members can tell.</param>
/// <param name="Signature">Base64 of 1 to 1,024 bytes: the sender's signature, which the members verify.</param>
/// <param name="ClientMessageId">1 to 128 visible ASCII characters, fresh for each message: makes a repeat harmless.</param>
public sealed record PostMessageRequest(long Epoch, Base64Bytes Ciphertext, Base64Bytes? Signature = null, string? ClientMessageId = null)
{
    /// <summary>Whether the ciphertext is larger than a message may be: 413, and no matter of spelling.</summary>
    internal bool IsTooLarge => Ciphertext.Value?.Length > RoomEvent.MaxCiphertextSize;

    internal NewMessage ToMessage() => new(
        Epoch,
        Ciphertext.Value!,
        Signature?.Value,
        ClientMessageId is null ? null : Encoding.ASCII.GetBytes(ClientMessageId));
}

internal sealed class PostMessageRequestValidator : AbstractValidator<PostMessageRequest>
{
    public PostMessageRequestValidator()
    {
        RuleFor(request => request.Ciphertext)
            .Must(static bytes => bytes.Value is { Length: > 0 })
            .WithMessage($"must be base64 of 1 to {RoomEvent.MaxCiphertextSize:N0} bytes.");
        RuleFor(request => request.Signature)
            .Must(static bytes => bytes is null or { Value.Length: > 0 and <= RoomEvent.MaxSignatureSize })
            .WithMessage($"must be base64 of 1 to {RoomEvent.MaxSignatureSize:N0} bytes.");
        RuleFor(request => request.ClientMessageId)
            .Must(static id => id is null
                || (id.Length is > 0 and <= RoomEvent.MaxClientMessageIdLength && !id.AsSpan().ContainsAnyExceptInRange('!', '~')))
            .WithMessage($"must be 1 to {RoomEvent.MaxClientMessageIdLength} visible ASCII characters.");
    }
}

/// <summary>A message that is in the room's log.</summary>
internal sealed record PostedMessage(long Sequence, DateTimeOffset PostedDate, bool IsRepeat);

/// <summary>
/// Posts a message. One conditional update of the room's row decides the epoch, takes the next sequence and keeps every other change of
/// the room out until the commit, so that nothing is taken under an epoch that a removal has ended.
/// </summary>
internal sealed class PostMessage(RoomId roomId, HashIdentifier sender, NewMessage message, TimeProvider clock)
    : WriteOperation<RoomOutcome<PostedMessage>>
{
    public override async ValueTask<RoomOutcome<PostedMessage>> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        while (true)
        {
            if (await transaction.AppendMessageAsync(roomId, sender, message, now, ct) is { } sequence)
            {
                return new PostedMessage(sequence, now, IsRepeat: false);
            }

            if (await RefuseAsync(transaction, ct) is { } decided)
            {
                return decided;
            }

            // The room changed between the two statements, in this message's favour. Epochs only rise, so that happens once at the most.
        }
    }

    /// <returns>Why it was not taken; null when nothing speaks against it any more.</returns>
    private async ValueTask<RoomOutcome<PostedMessage>?> RefuseAsync(WriteTransaction transaction, CancellationToken ct)
    {
        if (await transaction.ReadStandingAsync(roomId, sender, ct) is not { } standing)
        {
            return ApiProblem.RoomUnknown;
        }

        if (!standing.IsMember)
        {
            return ApiProblem.Forbidden;
        }

        if (message.ClientMessageId is not null && await transaction.FindPostedAsync(roomId, sender, message.ClientMessageId, ct) is { } posted)
        {
            return new PostedMessage(posted.Sequence, posted.PostedDate, IsRepeat: true);
        }

        if (standing.Epoch != message.Epoch)
        {
            return ApiProblem.EpochStale;
        }

        return standing.RekeyRequired ? ApiProblem.RekeyRequired : (RoomOutcome<PostedMessage>?)null;
    }
}
