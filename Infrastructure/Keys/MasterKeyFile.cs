using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Keys;

/// <summary>
/// Where the master key is: <c>Repository:MasterKey</c>, else <c>master.key</c> (32 raw bytes, mode 0600), which a first start makes.
/// </summary>
internal sealed class MasterKeyFile(IOptions<RepositoryOptions> options, DataDirectory directory)
{
    public const int KeySize = 32;

    private const string FileName = "master.key";

    /// <summary>The path of the file, whether or not it is there.</summary>
    public string Path => directory.File(FileName);

    /// <summary>What an operator looks at when the key is wrong.</summary>
    public string Source => IsConfigured ? $"{RepositoryOptions.Section}:{nameof(RepositoryOptions.MasterKey)}" : Path;

    private bool IsConfigured => !string.IsNullOrEmpty(options.Value.MasterKey);

    /// <returns>The key, which the caller wipes; null where there is none.</returns>
    /// <exception cref="StartRefusedException">The file does not hold a key.</exception>
    public byte[]? Find()
    {
        if (IsConfigured)
        {
            _ = RepositoryOptions.TryDecodeMasterKey(options.Value.MasterKey!, out var configured);
            return configured;
        }

        if (!File.Exists(Path))
        {
            return null;
        }

        var key = File.ReadAllBytes(Path);
        return key.Length == KeySize
            ? key
            : throw new StartRefusedException($"{Path} is damaged: it must hold {KeySize} bytes. Restore it from a backup.");
    }

    /// <summary>Makes a key, durable before it is returned.</summary>
    public byte[] Make()
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        directory.WriteSecret(FileName, key);
        return key;
    }
}
