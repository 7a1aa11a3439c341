using System.Collections.Frozen;

namespace Repository.Api.Hosting.Problems;

/// <summary>
/// Every way in which a request can fail that a client may want to tell apart. The code is part of the API and never changes its
/// meaning; the texts are for people and may be improved at any time.
/// </summary>
/// <param name="Code">What clients switch on.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What happened, the same for every occurrence.</param>
/// <param name="Remedy">What the caller can do about it, for the page that <see cref="Type"/> names.</param>
public sealed record ApiProblem(string Code, int Status, string Title, string Remedy)
{
    public static readonly ApiProblem ValidationFailed = new(
        "validation-failed",
        StatusCodes.Status400BadRequest,
        "The request is not valid.",
        "Look at errors: it names each member, parameter or header that is wrong and says what it must be. Nothing was changed.");

    public static readonly ApiProblem Unauthenticated = new(
        "unauthenticated",
        StatusCodes.Status401Unauthorized,
        "A valid credential is needed.",
        "Send Authorization: Bearer with an administrator's key, a session token or a resource's login token. A credential that is not valid is refused even where none is needed.");

    public static readonly ApiProblem Forbidden = new(
        "forbidden",
        StatusCodes.Status403Forbidden,
        "This credential does not allow the call.",
        "Use a credential that may do this; the description of each call says whose it is.");

    public static readonly ApiProblem NotFound = new(
        "not-found",
        StatusCodes.Status404NotFound,
        "There is nothing at this path.",
        "Compare the path with the API's description at /swagger.");

    public static readonly ApiProblem MethodNotAllowed = new(
        "method-not-allowed",
        StatusCodes.Status405MethodNotAllowed,
        "This path does not take this method.",
        "The Allow header lists the methods that it takes.");

    public static readonly ApiProblem RequestTimeout = new(
        "request-timeout",
        StatusCodes.Status408RequestTimeout,
        "The request came too slowly.",
        "Send the whole request without long pauses.");

    public static readonly ApiProblem BodyTooLarge = new(
        "body-too-large",
        StatusCodes.Status413PayloadTooLarge,
        "The request's body is too large.",
        "A body may have 1 MiB, unless the call's description says otherwise.");

    public static readonly ApiProblem UnsupportedMediaType = new(
        "unsupported-media-type",
        StatusCodes.Status415UnsupportedMediaType,
        "The body's content type is not supported.",
        "Send Content-Type: application/json, in UTF-8, unless the call's description says otherwise.");

    public static readonly ApiProblem IdempotencyKeyReused = new(
        "idempotency-key-reused",
        StatusCodes.Status422UnprocessableEntity,
        "This Idempotency-Key was used with another body.",
        "A key stands for one request. Take a new key for a new request; send the same bytes to repeat one.");

    public static readonly ApiProblem IdempotencyInProgress = new(
        "idempotency-in-progress",
        StatusCodes.Status409Conflict,
        "A request with this Idempotency-Key is still running.",
        "Repeat the request after a moment to get its answer.");

    public static readonly ApiProblem RateLimited = new(
        "rate-limited",
        StatusCodes.Status429TooManyRequests,
        "Too many requests.",
        "Wait for the number of seconds in Retry-After.");

    public static readonly ApiProblem InternalError = new(
        "internal-error",
        StatusCodes.Status500InternalServerError,
        "The server failed.",
        "This is a fault of the server. Tell its operator the traceId; repeat the request with the same Idempotency-Key.");

    public static readonly ApiProblem Overloaded = new(
        "overloaded",
        StatusCodes.Status503ServiceUnavailable,
        "The server has too much to write.",
        "Nothing was done. Repeat the request after the number of seconds in Retry-After.");

    public static readonly ApiProblem StorageUnavailable = new(
        "storage-unavailable",
        StatusCodes.Status503ServiceUnavailable,
        "The database cannot be reached or written.",
        "Nothing was acknowledged. Repeat the request after the number of seconds in Retry-After, with the same Idempotency-Key or requestId.");

    public static readonly ApiProblem NotReady = new(
        "not-ready",
        StatusCodes.Status503ServiceUnavailable,
        "The server is not ready.",
        "Look at failures: database, keyRing, writer or disk. The server becomes ready by itself once they are mended.");

    public static readonly ApiProblem NodeWaiting = new(
        "node-waiting",
        StatusCodes.Status503ServiceUnavailable,
        "This node does not serve.",
        "It waits to be admitted by an administrator, or was disabled by one. Ask another node, or this one again after the number of seconds in Retry-After.");

    public static readonly ApiProblem NodeExists = new(
        "node-exists",
        StatusCodes.Status409Conflict,
        "The node is there already.",
        "Its id is the hash of its sk. One that was disabled is enabled by PATCH /v1/cluster/nodes/{nodeId}.");

    public static readonly ApiProblem NodeUnknown = new(
        "node-unknown",
        StatusCodes.Status404NotFound,
        "There is no such node.",
        "List the nodes with GET /v1/cluster.");

    public static readonly ApiProblem LastNode = new(
        "last-node",
        StatusCodes.Status409Conflict,
        "No other node would serve.",
        "Start another node, and disable this one once it serves.");

    public static readonly ApiProblem MachineExists = new(
        "machine-exists",
        StatusCodes.Status409Conflict,
        "The machine is registered already.",
        "A machine register hash is registered once. A machine that lost its state registers with a new machine GUID and names its previous hash.");

    public static readonly ApiProblem MachineUnknown = new(
        "machine-unknown",
        StatusCodes.Status404NotFound,
        "The machine is not registered.",
        "Register the machine first, with a new machine GUID.");

    public static readonly ApiProblem MachineDisabled = new(
        "machine-disabled",
        StatusCodes.Status403Forbidden,
        "The machine is disabled.",
        "An administrator disabled it. Ask for it to be enabled, or register with a new machine GUID.");

    public static readonly ApiProblem MachineDateMismatch = new(
        "machine-date-mismatch",
        StatusCodes.Status409Conflict,
        "The presented date is not the machine's.",
        "Another copy of this machine's state has verified since: only one of them can go on. The other registers with a new machine GUID.");

    public static readonly ApiProblem PreconditionFailed = new(
        "precondition-failed",
        StatusCodes.Status412PreconditionFailed,
        "It has changed since it was read.",
        "Read it again, and send the change with the ETag of what was read.");

    public static readonly ApiProblem KeyUnsupported = new(
        "key-unsupported",
        StatusCodes.Status400BadRequest,
        "A key is not one that this server takes.",
        "Send PEM, as openssl pkey -pubout writes it: Ed25519, RSA of 2048 to 8192 bits or EC P-256 to sign, X25519 to seal.");

    public static readonly ApiProblem ProofInvalid = new(
        "proof-invalid",
        StatusCodes.Status400BadRequest,
        "The proof of possession does not verify.",
        "Sign the bytes that the formats page names with the private key of the public key that is sent; at a rotation, with the present one too.");

    public static readonly ApiProblem UserExists = new(
        "user-exists",
        StatusCodes.Status409Conflict,
        "The user is registered already.",
        "A user guid is registered once, by whoever comes first, whatever the key.");

    public static readonly ApiProblem UserUnknown = new(
        "user-unknown",
        StatusCodes.Status404NotFound,
        "The user is not registered.",
        "Register the user first.");

    public static readonly ApiProblem UserDisabled = new(
        "user-disabled",
        StatusCodes.Status403Forbidden,
        "The user is disabled.",
        "The user or an administrator disabled it. An administrator can enable it.");

    public static readonly ApiProblem KeyReused = new(
        "key-reused",
        StatusCodes.Status409Conflict,
        "The user has, or had, this key already.",
        "Make a new key pair: a key is used once.");

    public static readonly ApiProblem TooManyKeys = new(
        "too-many-keys",
        StatusCodes.Status409Conflict,
        "The user has as many keys as it may.",
        "Send revokeOld: true, when nothing that the present key signed is needed any more; 64 keys may verify at once.");

    public static readonly ApiProblem SoftwareExists = new(
        "software-exists",
        StatusCodes.Status409Conflict,
        "The software is there already, or belongs to another issuer.",
        "A software guid is global and stays with its issuer, also after it was deleted. Take another one.");

    public static readonly ApiProblem SoftwareUnknown = new(
        "software-unknown",
        StatusCodes.Status404NotFound,
        "There is no such software.",
        "Create the software first.");

    public static readonly ApiProblem CapabilityMalformed = new(
        "capability-malformed",
        StatusCodes.Status400BadRequest,
        "The capability file cannot be read.",
        "Look at detail: it says what is wrong. The formats page describes the file.");

    public static readonly ApiProblem CapabilityInvalid = new(
        "capability-invalid",
        StatusCodes.Status422UnprocessableEntity,
        "The capability is not valid.",
        "Look at reasons: it lists all that apply.");

    public static readonly ApiProblem CapabilityUnknown = new(
        "capability-unknown",
        StatusCodes.Status404NotFound,
        "The capability is not known here.",
        "A capability is known from its first activation or revocation on.");

    public static readonly ApiProblem SeatsExhausted = new(
        "seats-exhausted",
        StatusCodes.Status409Conflict,
        "Every seat is held by another machine.",
        "Release the seat of a machine that is no longer used, or obtain a capability for more machines.");

    public static readonly ApiProblem SeatCoolingDown = new(
        "seat-cooling-down",
        StatusCodes.Status409Conflict,
        "Every free seat was released a moment ago.",
        "A released seat stays closed to other machines for a while. Wait for the number of seconds in Retry-After.");

    public static readonly ApiProblem HandshakeFailed = new(
        "handshake-failed",
        StatusCodes.Status401Unauthorized,
        "The handshake failed.",
        "Ask for a new challenge and sign the transcript of it with the user's present key. Why it failed is not told.");

    public static readonly ApiProblem SessionUnknown = new(
        "session-unknown",
        StatusCodes.Status404NotFound,
        "There is no such session of this user.",
        "A session is gone some time after its token has expired.");

    public static readonly ApiProblem ResourceExists = new(
        "resource-exists",
        StatusCodes.Status409Conflict,
        "The resource guid was given already.",
        "A resource guid is given once, also when its resource was deleted. Take another one.");

    public static readonly ApiProblem ResourceUnknown = new(
        "resource-unknown",
        StatusCodes.Status404NotFound,
        "There is no such resource of this owner.",
        "Create the resource first, or use its owner's session.");

    public static readonly ApiProblem LoginTokenUnknown = new(
        "login-token-unknown",
        StatusCodes.Status404NotFound,
        "The resource has no such login token.",
        "List the resource's login tokens.");

    public static readonly ApiProblem TimecodeInvalid = new(
        "timecode-invalid",
        StatusCodes.Status400BadRequest,
        "The timecode is not one that can be used.",
        "A timecode is Unix seconds, not later than the next window. Look at detail.");

    public static readonly ApiProblem TimecodeNotPinned = new(
        "timecode-not-pinned",
        StatusCodes.Status409Conflict,
        "The window lies before the resource and is not pinned.",
        "Send pin: true to make a key that is kept until its owner retires it.");

    public static readonly ApiProblem TooManyPinnedWindows = new(
        "too-many-pinned-windows",
        StatusCodes.Status409Conflict,
        "The resource has pinned as many windows as it may.",
        "Retire a pinned window first.");

    public static readonly ApiProblem TimecodeExpired = new(
        "timecode-expired",
        StatusCodes.Status410Gone,
        "The window's key was destroyed.",
        "The key of a window that is not pinned is kept for a while only. What was sealed with it cannot be opened any more.");

    public static readonly ApiProblem TimecodeRetired = new(
        "timecode-retired",
        StatusCodes.Status410Gone,
        "The window was retired.",
        "Its owner destroyed its key for good.");

    public static readonly ApiProblem TimecodeUnknown = new(
        "timecode-unknown",
        StatusCodes.Status404NotFound,
        "The window is not pinned.",
        "List the resource's pinned windows.");

    public static readonly ApiProblem PeerNotAllowed = new(
        "peer-not-allowed",
        StatusCodes.Status403Forbidden,
        "The two resources do not admit each other.",
        "Both owners must admit the other resource: allowedPeers.");

    public static readonly ApiProblem SignatureInvalid = new(
        "signature-invalid",
        StatusCodes.Status400BadRequest,
        "The signature does not verify.",
        "Sign the bytes that the formats page names with the private key of sk, by RS256, over exactly what is sent.");

    public static readonly ApiProblem ClusterExists = new(
        "cluster-exists",
        StatusCodes.Status409Conflict,
        "There is a cluster of this name.",
        "Take another name.");

    public static readonly ApiProblem ClusterUnknown = new(
        "cluster-unknown",
        StatusCodes.Status404NotFound,
        "There is no such cluster.",
        "Create the cluster first, or look for it in the list.");

    public static readonly ApiProblem ClusterFull = new(
        "cluster-full",
        StatusCodes.Status409Conflict,
        "The cluster has as many members as it takes.",
        "Remove a member that is no longer needed, or create a larger cluster.");

    public static readonly ApiProblem MemberExists = new(
        "member-exists",
        StatusCodes.Status409Conflict,
        "The cluster has a member of this name.",
        "Take another name, or remove the member first.");

    public static readonly ApiProblem MemberUnknown = new(
        "member-unknown",
        StatusCodes.Status404NotFound,
        "The cluster has no such member.",
        "List the cluster's members.");

    public static readonly ApiProblem NodeIdInvalid = new(
        "node-id-invalid",
        StatusCodes.Status400BadRequest,
        "The node id is not one that this member can have.",
        "Leave nodeId out, or send 20 bytes, or the SHA-256 of the SubjectPublicKeyInfo of sk, in lower-case hex.");

    public static readonly ApiProblem NodeIdTaken = new(
        "node-id-taken",
        StatusCodes.Status409Conflict,
        "The node id is another member's.",
        "A node id is in a cluster once, and everywhere with one sk. Leave nodeId out to have the one of sk.");

    public static readonly ApiProblem SealBroken = new(
        "seal-broken",
        StatusCodes.Status400BadRequest,
        "The box does not open.",
        "Box the request with the client's key for the server's key of GET /v1/coffer, under a fresh nonce. Why it does not open is not told.");

    public static readonly ApiProblem RequestStale = new(
        "request-stale",
        StatusCodes.Status400BadRequest,
        "The request's timecode is too far from the server's clock.",
        "Set the clock and make a new request: a timecode may be 900 s off.");

    public static readonly ApiProblem RequestReplayed = new(
        "request-replayed",
        StatusCodes.Status409Conflict,
        "This request was answered already.",
        "Make a new request with a fresh nonce; each is answered once.");

    public static readonly ApiProblem LicenceRequired = new(
        "licence-required",
        StatusCodes.Status403Forbidden,
        "The shard is sealed only to a machine that holds a seat.",
        "Activate a valid capability of the software on the machine, and name both in the box: machine and cap.");

    public static readonly ApiProblem ShardUnknown = new(
        "shard-unknown",
        StatusCodes.Status404NotFound,
        "There is no shard for this key.",
        "Upload a definition that has the client's key, or compare the key with GET /v1/coffer/shards.");

    public static readonly ApiProblem SecretUnknown = new(
        "secret-unknown",
        StatusCodes.Status404NotFound,
        "The shard has no such secret.",
        "Compare the key with those of the shard.");

    public static readonly ApiProblem CompanionUnknown = new(
        "companion-unknown",
        StatusCodes.Status404NotFound,
        "There is no such companion.",
        "Compare the key with GET /v1/coffer/companions.");

    public static readonly ApiProblem DefinitionInvalid = new(
        "definition-invalid",
        StatusCodes.Status400BadRequest,
        "The definition cannot be used.",
        "Look at line, key and detail. The definition before it is still served.");

    public static readonly ApiProblem DefinitionReplayed = new(
        "definition-replayed",
        StatusCodes.Status409Conflict,
        "This sealed definition was accepted already.",
        "A box is accepted once for ever. Seal the definition again to go back to it.");

    public static readonly ApiProblem RoomUnknown = new(
        "room-unknown",
        StatusCodes.Status404NotFound,
        "There is no such room.",
        "It was deleted, or ended with its last member, or never was.");

    public static readonly ApiProblem RoomFull = new(
        "room-full",
        StatusCodes.Status409Conflict,
        "The room has no place.",
        "Wait until a member leaves, or let the owner raise the capacity. A capacity cannot be below the members that are there.");

    public static readonly ApiProblem InvitationRequired = new(
        "invitation-required",
        StatusCodes.Status403Forbidden,
        "The room takes invited users only.",
        "Ask the room's owner for an invitation.");

    public static readonly ApiProblem EpochConflict = new(
        "epoch-conflict",
        StatusCodes.Status409Conflict,
        "The epoch is not the one that follows the present one.",
        "Another renewal came first, or none did. Read the room, and send its epoch plus 1 with a fresh key.");

    public static readonly ApiProblem MembersMismatch = new(
        "members-mismatch",
        StatusCodes.Status422UnprocessableEntity,
        "The wrapped keys are not for exactly the present members.",
        "Look at missing and extra, of which the first 100 each are listed. Wrap the key for exactly the members that are there.");

    public static readonly ApiProblem EpochUnknown = new(
        "epoch-unknown",
        StatusCodes.Status404NotFound,
        "There is no key of this epoch for the caller.",
        "A member has keys of the epochs that began after it joined: the owner begins one to let it read. Keys go with the last message under them.");

    public static readonly ApiProblem EpochStale = new(
        "epoch-stale",
        StatusCodes.Status409Conflict,
        "The message is not sealed under the present epoch.",
        "Read the room, fetch the key of its epoch, and seal the message again.");

    public static readonly ApiProblem RekeyRequired = new(
        "rekey-required",
        StatusCodes.Status409Conflict,
        "Nothing can be posted until the next epoch.",
        "Somebody who has the present key is no member any more, or there is no key yet. Wait for the owner to begin the next epoch.");

    public static readonly ApiProblem TooManyPolls = new(
        "too-many-polls",
        StatusCodes.Status503ServiceUnavailable,
        "Too many polls and streams are held.",
        "End some of your own, or ask again after the seconds in Retry-After. A call without wait is answered at any time.");

    /// <summary>All of them, by code.</summary>
    public static FrozenDictionary<string, ApiProblem> All { get; } = new[]
    {
        ValidationFailed, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, RequestTimeout, BodyTooLarge, UnsupportedMediaType,
        IdempotencyKeyReused, IdempotencyInProgress, RateLimited, InternalError, Overloaded, StorageUnavailable, NotReady, NodeWaiting, NodeExists, NodeUnknown, LastNode,
        MachineExists, MachineUnknown, MachineDisabled, MachineDateMismatch, PreconditionFailed,
        KeyUnsupported, ProofInvalid, UserExists, UserUnknown, UserDisabled, KeyReused, TooManyKeys, SoftwareExists, SoftwareUnknown,
        CapabilityMalformed, CapabilityInvalid, CapabilityUnknown, SeatsExhausted, SeatCoolingDown,
        HandshakeFailed, SessionUnknown, ResourceExists, ResourceUnknown, LoginTokenUnknown, PeerNotAllowed,
        TimecodeInvalid, TimecodeNotPinned, TooManyPinnedWindows, TimecodeExpired, TimecodeRetired, TimecodeUnknown,
        SignatureInvalid, ClusterExists, ClusterUnknown, ClusterFull, MemberExists, MemberUnknown, NodeIdInvalid, NodeIdTaken,
        SealBroken, RequestStale, RequestReplayed, LicenceRequired, ShardUnknown, SecretUnknown, CompanionUnknown,
        DefinitionInvalid, DefinitionReplayed,
        RoomUnknown, RoomFull, InvitationRequired, EpochConflict, MembersMismatch, EpochUnknown, EpochStale, RekeyRequired,
        TooManyPolls,
    }.ToFrozenDictionary(problem => problem.Code, StringComparer.Ordinal);

    /// <summary>The path of the page that explains the problem (RFC 9457, 3.1.1).</summary>
    public string Type => "/problems/" + Code;
}
