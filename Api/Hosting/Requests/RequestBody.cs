using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Repository.Api.Hosting.Requests;

/// <summary>The bytes of a request's body, read once and kept for whoever needs them: the binder, and the idempotency record.</summary>
internal sealed class RequestBody
{
    /// <summary>Chunks of a single byte take six.</summary>
    private const int MaxFramingFactor = 8;

    /// <summary>How long a body may take, once the first wait for it begins.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private RequestBody(byte[] bytes) => Bytes = bytes;

    private byte[] Bytes { get; }

    /// <exception cref="BadHttpRequestException">The body is too large, ends early, or takes too long.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Features.Get<RequestBody>() is { } read)
        {
            return read.Bytes;
        }

        var limit = TakeOverLimit(context);
        var reader = context.Request.BodyReader;
        Deadline? deadline = null;
        try
        {
            while (true)
            {
                if (!reader.TryRead(out var result))
                {
                    deadline ??= new Deadline(context, ct);
                    result = await reader.ReadAsync(deadline.Token);
                }

                if (result.Buffer.Length > limit)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
                }

                if (result.IsCompleted)
                {
                    var bytes = result.Buffer.ToArray();
                    reader.AdvanceTo(result.Buffer.End);
                    if (IdempotencyKey.IsGiven(context.Request))
                    {
                        context.Features.Set(new RequestBody(bytes)); // Read again for the record's hash, and only then.
                    }

                    return bytes;
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (OperationCanceledException late) when (deadline is { HasPassed: true })
        {
            throw new BadHttpRequestException("The body takes too long.", StatusCodes.Status408RequestTimeout, late);
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    /// <summary>
    /// Kestrel counts the framing of chunks as body and would refuse one of exactly the limit: what chunks hold is counted here,
    /// and Kestrel's limit only bounds the framing.
    /// </summary>
    /// <returns>The limit to count against; null where Kestrel has the length and compares it.</returns>
    private static long? TakeOverLimit(HttpContext context)
    {
        var kestrel = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (context.Request.ContentLength is not null || kestrel is not { IsReadOnly: false, MaxRequestBodySize: { } limit })
        {
            return null;
        }

        kestrel.MaxRequestBodySize = limit * MaxFramingFactor;
        return limit;
    }

    /// <summary>
    /// Ends a wait for the body. Kestrel asks only for an average rate, by which a megabyte could be held in memory for an hour.
    /// </summary>
    private sealed class Deadline : IDisposable
    {
        private readonly CancellationTokenSource _timeout;
        private readonly CancellationTokenSource _either;

        public Deadline(HttpContext context, CancellationToken ct)
        {
            _timeout = new CancellationTokenSource(Timeout, context.RequestServices.GetRequiredService<TimeProvider>());
            _either = CancellationTokenSource.CreateLinkedTokenSource(ct, _timeout.Token);
        }

        public CancellationToken Token => _either.Token;

        public bool HasPassed => _timeout.IsCancellationRequested;

        public void Dispose()
        {
            _either.Dispose();
            _timeout.Dispose();
        }
    }
}
