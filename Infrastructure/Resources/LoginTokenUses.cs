using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Resources;

/// <summary>
/// Writes down when login tokens were last used, behind the requests that use them: at most once a minute a token, many tokens in one
/// write, and never so many waiting that memory grows. A use that finds no place is left out; the next one is written.
/// </summary>
internal sealed partial class LoginTokenUses(IWriteQueue writes, ILogger<LoginTokenUses> logger) : BackgroundService
{
    private const int MaxWaiting = 1_000;
    private const int MaxPerWrite = 200;

    private static readonly TimeSpan Resolution = TimeSpan.FromMinutes(1);

    private readonly Channel<(long Token, DateTimeOffset Date)> _uses = Channel.CreateBounded<(long Token, DateTimeOffset Date)>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Remembers a use, where the one that was written last is a minute old. Waits for nothing.</summary>
    public void Note(long token, DateTimeOffset? lastUsedDate, DateTimeOffset now)
    {
        if (lastUsedDate is null || now - lastUsedDate >= Resolution)
        {
            _uses.Writer.TryWrite((token, now));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _uses.Reader.WaitToReadAsync(stoppingToken))
            {
                await WriteAsync(CancellationToken.None); // What was taken from the channel is nowhere else: a stop waits for it.
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAsync(CancellationToken.None); // What the last requests noted.
        }
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        // In the order of the rows, so that two nodes never wait for each other.
        var uses = new SortedDictionary<long, DateTimeOffset>();
        while (uses.Count < MaxPerWrite && _uses.Reader.TryRead(out var use))
        {
            uses[use.Token] = use.Date;
        }

        if (uses.Count == 0)
        {
            return;
        }

        try
        {
            await writes.ExecuteAsync(new SetLastUsedDates(uses), ct);
        }
#pragma warning disable CA1031 // Top of a background loop: a use that is not written must not stop the server.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogNotWritten(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The uses of some login tokens could not be written; their next ones are")]
    private partial void LogNotWritten(Exception failure);

    private sealed class SetLastUsedDates(SortedDictionary<long, DateTimeOffset> uses) : WriteOperation<int>
    {
        private static readonly Statement Set = new(
            "UPDATE login_tokens SET last_used_date = $1 WHERE id = $2 AND (last_used_date IS NULL OR last_used_date <= $3)");

        public override async ValueTask<int> ExecuteAsync(WriteTransaction transaction, CancellationToken ct)
        {
            var written = 0;
            foreach (var (token, date) in uses)
            {
                written += await transaction.ExecuteAsync(Set, [SqlValue.Of(date), SqlValue.Of(token), SqlValue.Of(date - Resolution)], ct);
            }

            return written;
        }
    }
}
