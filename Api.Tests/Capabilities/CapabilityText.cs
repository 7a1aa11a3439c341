using System.Text;

namespace Repository.Api.Tests.Capabilities;

/// <summary>Capability files as text, member by member, so that any part can be another one.</summary>
internal static class CapabilityText
{
    public const string IssuerGuid = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
    public const string SoftwareGuid = "0123456789abcdef0123456789abcdef";
    public const string Required = $"\"issuerGuid\":\"{IssuerGuid}\",\"softwareGuid\":\"{SoftwareGuid}\"";
    public const string Content = $"{{{Required}}}";

    public static readonly string Signature = Convert.ToBase64String(Enumerable.Range(0, 64).Select(i => (byte)i).ToArray());
    public static readonly string Verification = $"{{\"algorithm\":\"EdDSA\",\"signature\":\"{Signature}\"}}";
    public static readonly string File = Of(Content);

    public static string Of(string content) => Of(content, Verification);

    public static string Of(string content, string verification) => $"{{\"content\":{content},\"verification\":{verification}}}";

    /// <summary>A file whose content holds the required members and these.</summary>
    public static string With(string members) => Of($"{{{Required},{members}}}");

    public static byte[] Utf8(string file) => Encoding.UTF8.GetBytes(file);
}
