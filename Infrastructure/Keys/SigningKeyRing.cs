using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// The keys that sign this deployment's tokens. They are read from memory without a lock until something is due or another node may
/// have changed them; then one caller reads and writes, and the others wait for it.
/// </summary>
internal sealed partial class SigningKeyRing(
    SigningKeyTable table,
    SigningKeySchedule schedule,
    TimeProvider clock,
    ILogger<SigningKeyRing> logger) : IDisposable
{
    /// <summary>
    /// How long what another node did, or an operator at the table, may go unseen, and how soon what could not be written is tried again.
    /// Nodes with the same settings and clocks rotate at the same time anyway; a key that was replaced must not sign or vouch for longer.
    /// </summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private TokenKeySet? _current;

    /// <summary>Reads the keys before anything is served; a new database gets its first.</summary>
    /// <exception cref="StartRefusedException">A key was changed or moved.</exception>
    public async Task LoadAsync(CancellationToken ct)
    {
        try
        {
            await ReadAsync(ct);
        }
        catch (CryptographicException damaged)
        {
            throw new StartRefusedException(damaged.Message, damaged);
        }
    }

    /// <summary>The keys of this moment.</summary>
    public ValueTask<TokenKeySet> ReadAsync(CancellationToken ct)
    {
        var current = Volatile.Read(ref _current);
        return current?.Holds(clock.GetUtcNow()) == true ? new(current) : new(RefreshAsync(current, ct));
    }

    /// <summary>The published key of this name. One that another node has just made is found within a second.</summary>
    public async ValueTask<TokenKey?> FindAsync(string kid, CancellationToken ct) => (await ReadAsync(ct)).Find(kid);

    public void Dispose() => _turn.Dispose();

    /// <param name="stale">What the caller has seen: who comes later takes what the one before has read.</param>
    /// <param name="ct">Ends the wait; the next in line goes on.</param>
    private async Task<TokenKeySet> RefreshAsync(TokenKeySet? stale, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (_current is not null && _current != stale)
            {
                return _current;
            }

            var read = await ReadAndWriteAsync(stale?.All ?? [], ct);
            Volatile.Write(ref _current, read);
            return read;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<TokenKeySet> ReadAndWriteAsync(IReadOnlyList<TokenKey> known, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var keys = await table.ReadAsync(known, ct);
        if (schedule.Plan(keys, now) is { IsEmpty: false } plan)
        {
            try
            {
                await table.ExecuteAsync(plan, keys, ct);
                keys = await table.ReadAsync(keys, ct);
            }
            catch (Exception failure) when (keys.Count > 0 && failure is WriteQueueFullException or StorageUnavailableException)
            {
                LogNotWritten(failure); // The keys that there are go on.
            }
        }

        return new TokenKeySet(keys, now, Earlier(schedule.NextChange(keys, now), now + MaxAge));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    [LoggerMessage(LogLevel.Warning, "The signing keys could not be written; those that there are go on, and the next use tries again")]
    private partial void LogNotWritten(Exception failure);
}
