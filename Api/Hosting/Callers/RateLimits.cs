using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Repository.Api.Hosting.Callers;

/// <summary>Counts requests a minute by credential, or else by address, each in a window of its own.</summary>
internal sealed class RateLimits : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<(HttpContext Context, Caller Caller)>? _limiter;

    public RateLimits(IOptions<RateLimitOptions> options)
    {
        var settings = options.Value;
        if (settings.Enabled)
        {
            _limiter = PartitionedRateLimiter.Create<(HttpContext Context, Caller Caller), string>(request => request.Caller.IsAnonymous
                ? Partition(AddressOf(request.Context.Connection.RemoteIpAddress), settings.AnonymousPerMinute)
                : Partition(request.Caller.CredentialId, settings.AuthenticatedPerMinute));
        }
    }

    /// <summary>Takes one permit of the caller's.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">Whose permit.</param>
    /// <param name="retryAfter">When refused, the seconds until there are permits again.</param>
    public bool Admits(HttpContext context, Caller caller, out string? retryAfter)
    {
        retryAfter = null;
        if (_limiter is null)
        {
            return true;
        }

        using var lease = _limiter.AttemptAcquire((context, caller));
        if (lease.IsAcquired)
        {
            return true;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : Window;
        retryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return false;
    }

    public void Dispose() => _limiter?.Dispose();

    private static RateLimitPartition<string> Partition(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window, QueueLimit = 0 });

    /// <summary>An IPv6 host has at least a /64 of addresses to itself: it counts as one.</summary>
    private static string AddressOf(IPAddress? address)
    {
        if (address is null)
        {
            return string.Empty;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out _);
        return Convert.ToHexString(bytes[..8]);
    }
}
