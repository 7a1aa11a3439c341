using System.Security.Cryptography;
using Repository.Domain.Coffer;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Coffer;

/// <summary>The file that <c>Coffer:CertificateFile</c> names.</summary>
internal static class CertificateFile
{
    private const string Setting = $"{CofferOptions.Section}:{nameof(CofferOptions.CertificateFile)}";

    /// <exception cref="StartRefusedException">It cannot be read, is damaged, or its halves do not match.</exception>
    public static X25519PrivateKey Read(string path)
    {
        var content = ReadContent(path);
        try
        {
            return CofferCertificate.TryParse(content, out var pair)
                ? pair
                : throw new StartRefusedException(
                    $"{Setting}: {path} is damaged, or its two halves are not of one pair. "
                    + $"It must be a CBOR map of public_key and private_key, {CofferCertificate.Size} bytes.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static byte[] ReadContent(string path)
    {
        var content = new byte[CofferCertificate.Size + 1]; // One more tells that it is too long, however long it is.
        try
        {
            using var file = File.OpenRead(path);
            return content[..file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartRefusedException($"{Setting}: {path} cannot be read: {failure.Message}", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content); // What is returned is a copy, which the caller wipes.
        }
    }
}
