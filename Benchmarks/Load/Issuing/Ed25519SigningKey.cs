using System.Reflection;
using System.Runtime.InteropServices;
using Repository.Domain.Cryptography;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>An issuer's private key, by the libsodium that the server verifies with; the server itself never signs with Ed25519.</summary>
internal sealed partial class Ed25519SigningKey
{
    private const string Library = "libsodium";
    private const int PublicKeyBytes = 32;
    private const int PrivateKeyBytes = 64;
    private const int SignatureBytes = 64;

    private static readonly string[] Names = ["libsodium.so.23", "libsodium.so.26", "libsodium"];

    private readonly byte[] _privateKey = new byte[PrivateKeyBytes];

    static Ed25519SigningKey()
    {
        _ = SodiumLibrary.Load(); // Initialises the library, which is one for the process.
        NativeLibrary.SetDllImportResolver(typeof(Ed25519SigningKey).Assembly, Resolve);
    }

    public Ed25519SigningKey()
    {
        var point = new byte[PublicKeyBytes];
        Require(crypto_sign_keypair(point, _privateKey));
        PublicKey = SigningPublicKey.Load(SigningKeyKind.Ed25519, [.. SpkiHeader, .. point]);
    }

    public SigningPublicKey PublicKey { get; }

    // RFC 8410, section 4: SEQUENCE { SEQUENCE { id-Ed25519 }, BIT STRING of 32 bytes }.
    private static ReadOnlySpan<byte> SpkiHeader => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = new byte[SignatureBytes];
        Require(crypto_sign_detached(signature, out _, data, (ulong)data.Length, _privateKey));
        return signature;
    }

    private static void Require(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException("libsodium did not sign.");
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        nint handle = 0;
        var isOurs = string.Equals(name, Library, StringComparison.Ordinal);
        return isOurs && Names.Any(candidate => NativeLibrary.TryLoad(candidate, assembly, path, out handle)) ? handle : 0;
    }

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_sign_keypair(Span<byte> pk, Span<byte> sk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_sign_detached(Span<byte> sig, out ulong siglen, ReadOnlySpan<byte> m, ulong mlen, ReadOnlySpan<byte> sk);
}
