using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Repository.Api.Hosting.Requests;

/// <summary>The bytes of a request's body, read once and kept for whoever needs them: the binder, and the idempotency record.</summary>
internal sealed class RequestBody
{
    /// <summary>Chunks of a single byte take six.</summary>
    private const int MaxFramingFactor = 8;

    private RequestBody(byte[] bytes) => Bytes = bytes;

    private byte[] Bytes { get; }

    /// <exception cref="BadHttpRequestException">The body is too large, or ends early.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Features.Get<RequestBody>() is { } read)
        {
            return read.Bytes;
        }

        var limit = TakeOverLimit(context);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(ct);
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
}
