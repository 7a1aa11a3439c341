using System.Security.Cryptography;
using FluentValidation;
using Repository.Api.Hosting.Answers;
using Repository.Api.Hosting.Callers;
using Repository.Api.Hosting.Problems;
using Repository.Api.Hosting.Requests;
using Repository.Domain.Cryptography;
using Repository.Domain.Encoding;
using Repository.Domain.Resources;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Resources;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Resources;

/// <param name="Timecode">Unix seconds, in any second of the window; absent: now.</param>
/// <param name="Peer">The other resource, for a token that both have in common; absent: the resource's own.</param>
/// <param name="Pin">Whether the window's key is to be kept until it is retired.</param>
/// <param name="SealTo">PEM of an X25519 public key that the token is sealed to.</param>
public sealed record MachineTokenRequest(long? Timecode = null, string? Peer = null, bool? Pin = null, string? SealTo = null);

internal sealed class MachineTokenRequestValidator : AbstractValidator<MachineTokenRequest>
{
    public MachineTokenRequestValidator() => RuleFor(request => request.Peer).Spells<MachineTokenRequest, HashIdentifier>();
}

/// <summary>
/// Gives an instance the machine token of a window. Where the window has its key this only reads; the first use of a window, and a pin,
/// are writes.
/// </summary>
internal sealed class IssueMachineToken(Database database, IWriteQueue writes, WindowKeySeal seal, WindowRules rules, AuditLog audit)
{
    /// <summary>Refuses in the order of the contract: whose token it is, the timecode, the key, the peer, the window.</summary>
    public async Task<Answer> ExecuteAsync(HashIdentifier resourceGuid, Caller caller, MachineTokenRequest request, CancellationToken ct)
    {
        if (caller.ResourceGuid != resourceGuid)
        {
            return Answer.Refuse(ApiProblem.Forbidden);
        }

        HashIdentifier? peer = request.Peer is { } named ? HashIdentifier.Parse(named) : null;
        if (peer == resourceGuid)
        {
            return Answer.Invalid("peer", "must be another resource.");
        }

        var now = rules.Now;
        var (timecode, isPin) = (request.Timecode ?? now.ToUnixTimeSeconds(), request.Pin is true);
        if (TimecodeRules.Refuse(timecode, now, isPin) is { } flaw)
        {
            return Answer.Refuse(ApiProblem.TimecodeInvalid, flaw);
        }

        SealingPublicKey? recipient = null;
        if (request.SealTo is not null && !SealingPublicKey.TryParsePem(request.SealTo, out recipient))
        {
            return Answer.Refuse(ApiProblem.KeyUnsupported, "sealTo must be an X25519 public key in PEM.");
        }

        var window = Window.At(resourceGuid, peer, Timecode.WindowStart(timecode));
        return await OpenAsync(new WindowRequest(resourceGuid, window, isPin, caller.Actor), ct) switch
        {
            WindowOpening.Opened opened => Answer.Ok(Reveal(opened, window, recipient, new MachineTokenView
            {
                ResourceGuid = resourceGuid.ToString(),
                Peer = peer?.ToString(),
                Timecode = timecode,
                WindowStart = window.Start,
                WindowEnd = window.End,
                Pinned = opened.IsPinned,
            })),
            WindowOpening.Refused refused => Answer.Refuse(ProblemOf(refused.Verdict)),
            WindowOpening.TooManyPins => Answer.Refuse(ApiProblem.TooManyPinnedWindows),
            _ => Answer.Refuse(ApiProblem.ResourceUnknown, "There is no such peer."),
        };
    }

    private static ApiProblem ProblemOf(WindowVerdict verdict) => verdict switch
    {
        WindowVerdict.PeerNotAllowed => ApiProblem.PeerNotAllowed,
        WindowVerdict.Expired => ApiProblem.TimecodeExpired,
        WindowVerdict.Retired => ApiProblem.TimecodeRetired,
        _ => ApiProblem.TimecodeNotPinned,
    };

    private async ValueTask<WindowOpening> OpenAsync(WindowRequest request, CancellationToken ct)
    {
        if (await database.ReadWindowAsync(request.Window, ct) is not { } facts)
        {
            return new WindowOpening.ResourceUnknown();
        }

        return rules.Judge(request.Window, facts, request.IsPin) switch
        {
            WindowVerdict.Open => new WindowOpening.Opened(facts.SealedKey!, facts.IsPinned),
            WindowVerdict.Make or WindowVerdict.Pin or WindowVerdict.MakeAndPin =>
                await writes.ExecuteAsync(new OpenWindow(request, seal.Draw(request.Window), rules, audit), ct),
            var refused => new WindowOpening.Refused(refused),
        };
    }

    private MachineTokenView Reveal(WindowOpening.Opened opened, Window window, SealingPublicKey? recipient, MachineTokenView view)
    {
        var key = seal.Open(opened.SealedKey, window);
        var token = MachineToken.Derive(key, window);
        try
        {
            if (recipient is null)
            {
                view.Key = Convert.ToBase64String(token);
            }
            else
            {
                view.SealedKey = Convert.ToBase64String(SealedBox.Seal(token, recipient));
            }

            return view;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(token);
        }
    }
}
