using Repository.Domain.Coffer;
using Repository.Infrastructure.Audit;
using Repository.Infrastructure.Coffer;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Coffer;

/// <summary>What became of a definition.</summary>
internal abstract record Replacement
{
    private Replacement()
    {
    }

    public sealed record Done(DefinitionView View) : Replacement;

    /// <summary>This very box was accepted before.</summary>
    public sealed record Replayed : Replacement;

    /// <summary>The companion was removed since its box was opened.</summary>
    public sealed record CompanionUnknown : Replacement;
}

/// <summary>A definition that was read and sealed for its rows, ready to be stored.</summary>
/// <param name="Definition">What was read.</param>
/// <param name="Secrets">Its secrets, sealed.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Date">When the secrets were set.</param>
internal sealed record SealedShards(CofferDefinition Definition, IReadOnlyList<SealedSecret> Secrets, DefinitionSource Source, DateTimeOffset Date);

/// <summary>Where a definition comes from.</summary>
/// <param name="Actor">Who sent it.</param>
/// <param name="Companion">The companion whose box it came in; null where it was an administrator.</param>
/// <param name="BodyHash">SHA-256 of the box; null where it came in none, and may come again.</param>
internal sealed record DefinitionSource(string Actor, ClientKey? Companion, byte[]? BodyHash);

/// <summary>
/// Puts a definition in the place of everything that was there, in one transaction: a reader sees the old or the new. Of many that send
/// one box the primary key lets one through.
/// </summary>
internal sealed class ReplaceDefinition(SealedShards defined, AuditLog audit) : WriteOperation<Replacement>
{
    private static readonly Statement Accept =
        new("INSERT INTO coffer_definitions (body_hash, accepted_date) VALUES ($1, $2) ON CONFLICT (body_hash) DO NOTHING");

    private static readonly Statement DeleteSecrets = new("DELETE FROM coffer_secrets");

    private static readonly Statement DeleteShards = new("DELETE FROM coffer_shards");

    private static readonly Statement InsertShard = new("INSERT INTO coffer_shards (client_key, name, version) VALUES ($1, $2, $3)");

    public override async ValueTask<Replacement> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
    {
        var source = defined.Source;
        if (source.Companion is { } companion && !await Companions.HoldAsync(transaction, companion, ct))
        {
            return new Replacement.CompanionUnknown();
        }

        if (source.BodyHash is { } hash
            && await transaction.ExecuteAsync(Accept, [SqlValue.Of(hash), SqlValue.Of(defined.Date)], ct) == 0)
        {
            return new Replacement.Replayed();
        }

        var version = await transaction.RaiseCofferVersionAsync(ct);
        await StoreAsync(transaction, version, ct);
        var view = new DefinitionView(version, defined.Definition.Shards.Count, defined.Secrets.Count);
        await audit.AppendAsync(transaction, CofferEvents.Defined(source.Actor, view), ct);
        return new Replacement.Done(view);
    }

    private async Task StoreAsync(WriteTransaction transaction, long version, CancellationToken ct)
    {
        await transaction.ExecuteAsync(DeleteSecrets, [], ct);
        await transaction.ExecuteAsync(DeleteShards, [], ct);
        transaction.EraseWhatIsDeleted();
        foreach (var shard in defined.Definition.Shards)
        {
            var name = System.Text.Encoding.UTF8.GetBytes(shard.Name);
            await transaction.ExecuteAsync(InsertShard, [SqlValue.Of(shard.Client), SqlValue.Of(name), SqlValue.Of(version)], ct);
        }

        await SecretRows.InsertAsync(transaction, defined.Secrets, defined.Date, ct);
    }
}
