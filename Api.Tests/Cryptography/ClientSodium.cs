using System.Reflection;
using System.Runtime.InteropServices;
using Repository.Domain.Cryptography;

namespace Repository.Api.Tests.Cryptography;

/// <summary>What a client asks of libsodium and the server never does: whatever takes a private key.</summary>
internal static partial class ClientSodium
{
    public const int PublicKeyBytes = 32;
    public const int Ed25519PrivateKeyBytes = 64;
    public const int Ed25519SignatureBytes = 64;
    public const int X25519PrivateKeyBytes = 32;

    private const int XChaChaNonceBytes = 24;
    private const int XChaChaTagBytes = 16;
    private const string Library = "libsodium";

    private static readonly string[] Names = ["libsodium.so.23", "libsodium.so.26", "libsodium"];

    static ClientSodium()
    {
        _ = SodiumLibrary.Load(); // Initialises the library, which is one for the process.
        NativeLibrary.SetDllImportResolver(typeof(ClientSodium).Assembly, Resolve);
    }

    /// <summary>A new Ed25519 pair (RFC 8032).</summary>
    public static (byte[] PublicKey, byte[] PrivateKey) MakeEd25519()
    {
        var (publicKey, privateKey) = (new byte[PublicKeyBytes], new byte[Ed25519PrivateKeyBytes]);
        Assert.Equal(0, crypto_sign_keypair(publicKey, privateKey));
        return (publicKey, privateKey);
    }

    public static byte[] SignEd25519(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> data)
    {
        var signature = new byte[Ed25519SignatureBytes];
        Assert.Equal(0, crypto_sign_detached(signature, out _, data, (ulong)data.Length, privateKey));
        return signature;
    }

    /// <summary>A new X25519 pair (RFC 7748).</summary>
    public static (byte[] PublicKey, byte[] PrivateKey) MakeX25519()
    {
        var (publicKey, privateKey) = (new byte[PublicKeyBytes], new byte[X25519PrivateKeyBytes]);
        Assert.Equal(0, crypto_box_keypair(publicKey, privateKey));
        return (publicKey, privateKey);
    }

    /// <summary>What both sides of a key agreement compute (RFC 7748).</summary>
    public static byte[] AgreeX25519(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey)
    {
        var shared = new byte[PublicKeyBytes];
        Assert.Equal(0, crypto_scalarmult(shared, privateKey, publicKey));
        return shared;
    }

    /// <summary>Opens nonce ‖ ciphertext ‖ tag of XChaCha20-Poly1305.</summary>
    /// <returns>Null when it does not open.</returns>
    public static byte[]? OpenXChaCha20Poly1305(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> associatedData)
    {
        var plaintext = new byte[box.Length - XChaChaNonceBytes - XChaChaTagBytes];
        var ciphertext = box[XChaChaNonceBytes..];
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            plaintext,
            out _,
            0,
            ciphertext,
            (ulong)ciphertext.Length,
            associatedData,
            (ulong)associatedData.Length,
            box[..XChaChaNonceBytes],
            key) == 0
                ? plaintext
                : null;
    }

    /// <summary>Opens an anonymous box.</summary>
    public static byte[] OpenSealedBox(ReadOnlySpan<byte> box, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> privateKey)
    {
        var opened = new byte[box.Length - 48];
        Assert.Equal(0, crypto_box_seal_open(opened, box, (ulong)box.Length, publicKey, privateKey));
        return opened;
    }

    /// <summary>A sealed box, which does not show who sealed it.</summary>
    public static byte[] SealBox(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> publicKey)
    {
        var box = new byte[plaintext.Length + 48];
        Assert.Equal(0, crypto_box_seal(box, plaintext, (ulong)plaintext.Length, publicKey));
        return box;
    }

    /// <summary>An authenticated box, without its nonce.</summary>
    public static byte[] Box(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> privateKey)
    {
        var box = new byte[plaintext.Length + 16];
        Assert.Equal(0, crypto_box_easy(box, plaintext, (ulong)plaintext.Length, nonce, publicKey, privateKey));
        return box;
    }

    /// <summary>Opens nonce ‖ box.</summary>
    /// <returns>Null when it does not open.</returns>
    public static byte[]? OpenBox(ReadOnlySpan<byte> box, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> privateKey)
    {
        var opened = new byte[box.Length - 40];
        return crypto_box_open_easy(opened, box[24..], (ulong)box.Length - 24, box[..24], publicKey, privateKey) == 0 ? opened : null;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (string.Equals(name, Library, StringComparison.Ordinal))
        {
            foreach (var candidate in Names)
            {
                if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_sign_keypair(Span<byte> pk, Span<byte> sk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_sign_detached(Span<byte> sig, out ulong siglen, ReadOnlySpan<byte> m, ulong mlen, ReadOnlySpan<byte> sk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_box_seal_open(Span<byte> m, ReadOnlySpan<byte> c, ulong clen, ReadOnlySpan<byte> pk, ReadOnlySpan<byte> sk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_box_seal(Span<byte> c, ReadOnlySpan<byte> m, ulong mlen, ReadOnlySpan<byte> pk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_box_easy(
        Span<byte> c,
        ReadOnlySpan<byte> m,
        ulong mlen,
        ReadOnlySpan<byte> n,
        ReadOnlySpan<byte> pk,
        ReadOnlySpan<byte> sk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_box_open_easy(
        Span<byte> m,
        ReadOnlySpan<byte> c,
        ulong clen,
        ReadOnlySpan<byte> n,
        ReadOnlySpan<byte> pk,
        ReadOnlySpan<byte> sk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_box_keypair(Span<byte> pk, Span<byte> sk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_scalarmult(Span<byte> q, ReadOnlySpan<byte> n, ReadOnlySpan<byte> p);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_aead_xchacha20poly1305_ietf_decrypt(
        Span<byte> m,
        out ulong mlen,
        nint nsec,
        ReadOnlySpan<byte> c,
        ulong clen,
        ReadOnlySpan<byte> ad,
        ulong adlen,
        ReadOnlySpan<byte> npub,
        ReadOnlySpan<byte> k);
}
