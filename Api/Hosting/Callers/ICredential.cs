namespace Repository.Api.Hosting.Callers;

/// <summary>
/// A kind of credential. The kinds are told apart by how they begin, so a text is one kind's or none's; a bad one is like one that
/// no kind knows.
/// </summary>
internal interface ICredential
{
    /// <summary>Who presents it, or null when it is none of this kind, or a bad one.</summary>
    ValueTask<Caller?> RecognizeAsync(string presented, CancellationToken ct);
}
