using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Repository.Domain.Cryptography.Interop;

/// <summary>
/// The few libsodium functions this server calls, and nothing else. Sizes are repeated here as constants and compared with
/// the loaded library once, so that a mismatch stops the process instead of corrupting memory.
/// </summary>
internal static partial class Sodium
{
    internal const int BoxMacBytes = 16;
    internal const int BoxNonceBytes = 24;
    internal const int BoxSealBytes = 48;
    internal const int BoxSharedKeyBytes = 32;
    internal const int Curve25519PointBytes = 32;
    internal const int Curve25519ScalarBytes = 32;
    internal const int Ed25519PublicKeyBytes = 32;
    internal const int Ed25519SignatureBytes = 64;
    internal const int XChaChaKeyBytes = 32;
    internal const int XChaChaNonceBytes = 24;
    internal const int XChaChaTagBytes = 16;

    private const string Library = "libsodium";

    private static readonly string[] Names = ["libsodium.so.23", "libsodium.so.26", "libsodium"];

    /// <summary>Finds and initialises the library, once, before anything is sealed or verified.</summary>
    static Sodium()
    {
        NativeLibrary.SetDllImportResolver(typeof(Sodium).Assembly, Resolve);
        if (sodium_init() < 0
            || crypto_aead_xchacha20poly1305_ietf_keybytes() != XChaChaKeyBytes
            || crypto_aead_xchacha20poly1305_ietf_npubbytes() != XChaChaNonceBytes
            || crypto_aead_xchacha20poly1305_ietf_abytes() != XChaChaTagBytes
            || crypto_box_publickeybytes() != Curve25519PointBytes
            || crypto_box_sealbytes() != BoxSealBytes
            || crypto_box_beforenmbytes() != BoxSharedKeyBytes
            || crypto_box_noncebytes() != BoxNonceBytes
            || crypto_box_macbytes() != BoxMacBytes
            || crypto_sign_publickeybytes() != Ed25519PublicKeyBytes
            || crypto_sign_bytes() != Ed25519SignatureBytes
            || crypto_core_ed25519_bytes() != Ed25519PublicKeyBytes
            || crypto_scalarmult_curve25519_bytes() != Curve25519PointBytes
            || crypto_scalarmult_curve25519_scalarbytes() != Curve25519ScalarBytes)
        {
#pragma warning disable CA1065 // A library of the wrong sizes must never be called.
            throw new CryptographicException("The loaded libsodium does not have the sizes that this server was built for.");
#pragma warning restore CA1065
        }
    }

    internal static string Version => Marshal.PtrToStringUTF8(sodium_version_string()) ?? "unknown";

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_aead_xchacha20poly1305_ietf_encrypt(
        Span<byte> c,
        out ulong clen,
        ReadOnlySpan<byte> m,
        ulong mlen,
        ReadOnlySpan<byte> ad,
        ulong adlen,
        nint nsec,
        ReadOnlySpan<byte> npub,
        ReadOnlySpan<byte> k);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_aead_xchacha20poly1305_ietf_decrypt(
        Span<byte> m,
        out ulong mlen,
        nint nsec,
        ReadOnlySpan<byte> c,
        ulong clen,
        ReadOnlySpan<byte> ad,
        ulong adlen,
        ReadOnlySpan<byte> npub,
        ReadOnlySpan<byte> k);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_box_seal(Span<byte> c, ReadOnlySpan<byte> m, ulong mlen, ReadOnlySpan<byte> pk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_box_seal_open(Span<byte> m, ReadOnlySpan<byte> c, ulong clen, ReadOnlySpan<byte> pk, ReadOnlySpan<byte> sk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_box_beforenm(Span<byte> k, ReadOnlySpan<byte> pk, ReadOnlySpan<byte> sk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_box_easy_afternm(Span<byte> c, ReadOnlySpan<byte> m, ulong mlen, ReadOnlySpan<byte> n, ReadOnlySpan<byte> k);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_box_open_easy_afternm(Span<byte> m, ReadOnlySpan<byte> c, ulong clen, ReadOnlySpan<byte> n, ReadOnlySpan<byte> k);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_sign_verify_detached(ReadOnlySpan<byte> sig, ReadOnlySpan<byte> m, ulong mlen, ReadOnlySpan<byte> pk);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_core_ed25519_is_valid_point(ReadOnlySpan<byte> p);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_scalarmult_curve25519(Span<byte> q, ReadOnlySpan<byte> n, ReadOnlySpan<byte> p);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int crypto_scalarmult_curve25519_base(Span<byte> q, ReadOnlySpan<byte> n);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!string.Equals(name, Library, StringComparison.Ordinal))
        {
            return 0;
        }

        foreach (var candidate in Names)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException(
            "libsodium was not found. Install it: Debian, Ubuntu: apt-get install libsodium23; Fedora: dnf install libsodium; "
            + "macOS: brew install libsodium; Windows: put libsodium.dll beside the server.");
    }

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint sodium_version_string();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_aead_xchacha20poly1305_ietf_keybytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_aead_xchacha20poly1305_ietf_npubbytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_aead_xchacha20poly1305_ietf_abytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_box_publickeybytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_box_sealbytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_box_beforenmbytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_box_noncebytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_box_macbytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_sign_publickeybytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_sign_bytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_core_ed25519_bytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_scalarmult_curve25519_bytes();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint crypto_scalarmult_curve25519_scalarbytes();
}
