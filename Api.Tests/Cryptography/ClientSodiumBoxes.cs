using System.Runtime.InteropServices;

namespace Repository.Api.Tests.Cryptography;

/// <summary>Boxes between two pairs, as a client of the coffer opens them.</summary>
internal static partial class ClientSodium
{
    private const int BoxNonceBytes = 24;
    private const int BoxTagBytes = 16;

    /// <summary>Opens nonce ‖ box of crypto_box.</summary>
    /// <returns>Null when it does not open.</returns>
    public static byte[]? OpenBox(ReadOnlySpan<byte> box, ReadOnlySpan<byte> theirPublicKey, ReadOnlySpan<byte> ourPrivateKey)
    {
        var opened = new byte[box.Length - BoxNonceBytes - BoxTagBytes];
        var ciphertext = box[BoxNonceBytes..];
        return crypto_box_open_easy(opened, ciphertext, (ulong)ciphertext.Length, box[..BoxNonceBytes], theirPublicKey, ourPrivateKey) == 0
            ? opened
            : null;
    }

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_box_open_easy(
        Span<byte> m,
        ReadOnlySpan<byte> c,
        ulong clen,
        ReadOnlySpan<byte> n,
        ReadOnlySpan<byte> pk,
        ReadOnlySpan<byte> sk);
}
