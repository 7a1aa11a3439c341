using System.Buffers;

namespace Repository.Api.Hosting.Requests;

/// <summary>The bytes of a request's body, read once and kept for whoever needs them: the binder, and the idempotency record.</summary>
internal sealed class RequestBody
{
    private RequestBody(byte[] bytes) => Bytes = bytes;

    private byte[] Bytes { get; }

    /// <exception cref="BadHttpRequestException">The body is too large, or ends early.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Features.Get<RequestBody>() is { } read)
        {
            return read.Bytes;
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(ct);
            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                context.Features.Set(new RequestBody(bytes));
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
