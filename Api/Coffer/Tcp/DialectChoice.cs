using System.Buffers;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Coffer;

namespace Repository.Api.Coffer.Tcp;

/// <summary>
/// Tells the dialects apart by the first three bytes of a connection.
/// <code>
/// 00 20 00            a Hello of the design dialect
/// 00 00 00 …          any frame of the classic dialect, whose length is less than 2^40; in the design dialect a Hello without a key
/// anything else       no frame of the classic dialect that would be answered: the design dialect, which says what is wrong
/// </code>
/// Without <c>Coffer:ClassicDialect</c> everything is the design dialect; a classic Hello is then answered as what it is there, a Hello
/// without a key.
/// </summary>
internal sealed class DialectChoice(
    IOptions<CofferOptions> options,
    ShardReader shards,
    CofferKey key,
    ILogger<ClassicDialect> logger)
{
    /// <summary>How many zero bytes show the classic dialect.</summary>
    private const int TellingBytes = 3;

    /// <returns>Null while too little was received to tell.</returns>
    public ICofferDialect? Tell(ReadOnlySequence<byte> received)
    {
        var zeros = 0;
        var reader = new SequenceReader<byte>(received);
        while (options.Value.ClassicDialect && zeros < TellingBytes && reader.TryRead(out var first))
        {
            if (first != 0)
            {
                return new DesignDialect(shards, key);
            }

            zeros++;
        }

        return !options.Value.ClassicDialect ? new DesignDialect(shards, key)
            : zeros == TellingBytes ? new ClassicDialect(shards, logger)
            : null;
    }
}
