using System.ComponentModel.DataAnnotations;

namespace Repository.Api.Hosting.Settings;

/// <summary>Which web pages of other origins may call this server from a browser.</summary>
public sealed class CorsOptions : IValidatableObject
{
    public const string Section = "Cors";

    /// <summary>Origins such as <c>https://admin.example.com</c>. None: cross-origin calls are off. At most 100.</summary>
    [MaxLength(100)]
    public string[] Origins { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Origins
        .Where(static origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || !string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase))
        .Select(static origin => new ValidationResult($"'{origin}' is not an origin such as https://admin.example.com.", [nameof(Origins)]));
}
