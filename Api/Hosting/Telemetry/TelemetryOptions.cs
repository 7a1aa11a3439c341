using System.ComponentModel.DataAnnotations;

namespace Repository.Api.Hosting.Telemetry;

/// <summary>Where metrics and traces go.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    public const string Section = "Telemetry";

    /// <summary>The address of an OTLP collector, such as <c>http://127.0.0.1:4318</c>. Empty: nothing is sent.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>The collector's protocol: <c>HttpProtobuf</c> (the default) or <c>Grpc</c>.</summary>
    [EnumDataType(typeof(OtlpProtocol))]
    public OtlpProtocol OtlpProtocol { get; set; } = OtlpProtocol.HttpProtobuf;

    /// <summary>How often metrics are sent. 1 s to 1 h; 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MetricsInterval { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(OtlpEndpoint)
            && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")))
        {
            yield return new ValidationResult("must be an absolute http or https address.", [nameof(OtlpEndpoint)]);
        }
    }
}

/// <summary>The forms of OTLP.</summary>
public enum OtlpProtocol
{
    HttpProtobuf,
    Grpc,
}
