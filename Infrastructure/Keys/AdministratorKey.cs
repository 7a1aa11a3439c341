using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// The administrator's key, from <c>Repository:AdminKey</c> or from <c>admin.key</c>, which a first start makes. Only its hash
/// stays in memory, so that a comparison takes the same time for every guess of every length.
/// </summary>
internal sealed class AdministratorKey(IOptions<RepositoryOptions> options, DataDirectory directory)
{
    /// <summary>What every administrator's key begins with.</summary>
    public const string Prefix = "rak_";

    private const string FileName = "admin.key";

    private byte[]? _hash;

    /// <summary>The file that holds the key, or null when it is configured.</summary>
    public string? FilePath => string.IsNullOrEmpty(options.Value.AdminKey) ? directory.File(FileName) : null;

    /// <summary>A hash that stands for the credential where it must be told apart from others.</summary>
    public ReadOnlySpan<byte> Hash => _hash ?? throw new InvalidOperationException("The administrator's key is not loaded yet.");

    /// <exception cref="StartRefusedException">The file does not hold a key.</exception>
    public void Load()
    {
        var key = FilePath is { } path ? FromFile(path) : options.Value.AdminKey!;
        _hash = HashOf(key);
    }

    /// <summary>Whether a presented text is the key.</summary>
    public bool Matches(string presented) => CryptographicOperations.FixedTimeEquals(HashOf(presented), Hash);

    private static byte[] HashOf(string key) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key));

    private string FromFile(string path)
    {
        if (!File.Exists(path))
        {
            var key = Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            directory.WriteSecret(FileName, System.Text.Encoding.ASCII.GetBytes(key));
            return key;
        }

        var text = File.ReadAllText(path).Trim();
        return RepositoryOptions.IsAdminKey(text)
            ? text
            : throw new StartRefusedException(
                $"{path} holds no administrator's key: rak_ and at least 32 characters of A-Z, a-z, 0-9, _ and -. Delete it to have a new one made.");
    }
}
