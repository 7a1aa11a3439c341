using System.Net;

namespace Repository.Benchmarks.Load.Processes;

/// <summary>What differs from the server on its embedded database.</summary>
internal sealed record RepositoryServerSettings
{
    public string? PostgresConnectionString { get; init; }

    /// <summary>How many verified signatures the server remembers; null: as many as it does by default.</summary>
    public int? VerifiedSignatures { get; init; }

    /// <summary>The same of verified tokens.</summary>
    public int? VerifiedTokens { get; init; }

    /// <summary>How many polls of one user's the server holds; null: as many as it does by default.</summary>
    public int? MaxHeldPollsPerCaller { get; init; }

    /// <summary>Where the coffer's TCP dialects are spoken; null: on a port that nobody asks.</summary>
    public IPEndPoint? CofferEndPoint { get; init; }

    /// <summary>The master key that nodes of one database share, in base64; null: one of its own.</summary>
    public string? MasterKey { get; init; }

    /// <summary>What admits another node of a database; null at the first.</summary>
    public string? JoinToken { get; init; }

    /// <summary>A program in front of the server's, which must leave it the process id.</summary>
    public IReadOnlyList<string> Tracer { get; init; } = [];
}
