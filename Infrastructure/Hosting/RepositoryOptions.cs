using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Repository.Infrastructure.Hosting;

/// <summary>What this server is and where it keeps its own files.</summary>
public sealed partial class RepositoryOptions : IValidatableObject
{
    public const string Section = "Repository";

    /// <summary>The folder of the keys and the embedded database; a relative one is under the current directory. Made with mode 0700.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DataDirectory { get; set; } = "data";

    /// <summary>The administrator's key: <c>rak_</c> and at least 32 characters of <c>A-Za-z0-9_-</c>. Empty: from <c>admin.key</c>, made on first start.</summary>
    public string? AdminKey { get; set; }

    /// <summary>The master key: base64 of 32 bytes. Empty: from <c>master.key</c>, made on first start.</summary>
    public string? MasterKey { get; set; }

    /// <summary>The issuer in this server's tokens: an absolute http or https address. Empty: the first public address.</summary>
    public string? Issuer { get; set; }

    /// <summary>Whether to print three plain lines for a person once the server listens (<c>run.sh</c> asks for them).</summary>
    public bool Banner { get; set; }

    /// <summary>Whether a text has the form of an administrator's key.</summary>
    public static bool IsAdminKey(string text) => AdminKeyForm().IsMatch(text);

    /// <summary>Decodes a master key's one spelling.</summary>
    public static bool TryDecodeMasterKey(string text, out byte[] key) =>
        Domain.Encoding.StrictBase64.TryDecode(text, Keys.MasterKeyFile.KeySize, out key);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The messages name the setting and never its value: both are secrets.
        if (!string.IsNullOrEmpty(AdminKey) && !IsAdminKey(AdminKey))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(AdminKey)} must be rak_ and at least 32 characters of A-Z, a-z, 0-9, _ and -.",
                [nameof(AdminKey)]);
        }

        if (!string.IsNullOrEmpty(MasterKey) && !TryDecodeMasterKey(MasterKey, out _))
        {
            yield return new ValidationResult($"{Section}:{nameof(MasterKey)} must be base64 of 32 bytes.", [nameof(MasterKey)]);
        }

        if (!string.IsNullOrEmpty(Issuer)
            && !(Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) && issuer.Scheme is ("http" or "https")))
        {
            yield return new ValidationResult($"{Section}:{nameof(Issuer)} must be an absolute http or https address.", [nameof(Issuer)]);
        }
    }

    [GeneratedRegex(@"^rak_[A-Za-z0-9_-]{32,}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AdminKeyForm();
}
