using Microsoft.Extensions.Options;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Hosting;

/// <summary>Why a start failed, in words for the operator. What is not the operator's to mend stays an exception with its trace.</summary>
internal static class StartRefusal
{
    /// <returns>The reason, or null when the failure is a bug.</returns>
    public static string? Explain(Exception failure) => failure switch
    {
        StartRefusedException refused => refused.Message,
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),

        // The configuration's binder names the setting; Kestrel names the address.
        InvalidOperationException { Source: { } source } unreadable when source.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal) =>
            unreadable.Message,
        InvalidDataException unreadable => unreadable.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } taken => $"Kestrel:Endpoints: {taken.Message}",
        FormatException or InvalidOperationException when IsFromKestrel(failure) => $"Kestrel:Endpoints: {failure.Message}",
        ArgumentOutOfRangeException { ParamName: "port" } => "Kestrel:Endpoints: a port must be from 0 to 65535.",
        System.Net.Sockets.SocketException unreachable => $"Kestrel:Endpoints: {unreachable.Message}",
        _ => null,
    };

    private static bool IsFromKestrel(Exception failure) =>
        failure.Source?.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true
        || failure.Source?.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal) == true;
}
