using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Repository.Api.Hosting.Settings;

/// <summary>Whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    public const string Section = "ForwardedHeaders";

    /// <summary>Addresses of reverse proxies. None: the headers are ignored. At most 100.</summary>
    [MaxLength(100)]
    public string[] KnownProxies { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => KnownProxies
        .Where(static proxy => !IPAddress.TryParse(proxy, out _))
        .Select(static proxy => new ValidationResult($"'{proxy}' is not an IP address.", [nameof(KnownProxies)]));
}
