using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>
/// The server's X25519 pair, one for all nodes of a database: the one that <c>Coffer:CertificateFile</c> names, else the one in the database,
/// which a first start makes. It prints its public half only.
/// </summary>
/// <remarks>
/// A file is an order: where the database has another pair, that one is replaced, in the audit log and in the log. So an operator changes
/// the pair by naming a file at every node and starting them again.
/// </remarks>
internal sealed partial class CofferKey(CofferKeyTable table, IOptions<CofferOptions> options, ILogger<CofferKey> logger) : IDisposable
{
    private X25519PrivateKey? _pair;

    /// <summary>Both halves.</summary>
    public X25519PrivateKey Pair => _pair ?? throw new InvalidOperationException("The coffer's key is not loaded yet.");

    /// <summary>The public half in lower-case hex.</summary>
    public string PublicKey => Convert.ToHexStringLower(Pair.PublicKey);

    /// <exception cref="StartRefusedException">The file cannot be read or is damaged, or the row in the database was changed.</exception>
    public async Task LoadAsync(CancellationToken ct)
    {
        if (string.IsNullOrEmpty(options.Value.CertificateFile))
        {
            _pair = await table.FindAsync(ct) ?? await table.DrawAsync(ct);
            return;
        }

        var imported = CertificateFile.Read(options.Value.CertificateFile);
        using var stored = await table.FindAsync(ct);
        if (stored is null || !stored.PublicKey.AsSpan().SequenceEqual(imported.PublicKey))
        {
            await table.ReplaceAsync(imported, ct);
            if (stored is not null)
            {
                LogReplaced(Convert.ToHexStringLower(stored.PublicKey), Convert.ToHexStringLower(imported.PublicKey));
            }
        }

        _pair = imported;
    }

    public void Dispose() => _pair?.Dispose();

    [LoggerMessage(LogLevel.Warning, "The coffer's pair {Before} was replaced by {Now}, which Coffer:CertificateFile names; clients and companions must know the new one")]
    private partial void LogReplaced(string before, string now);
}
