namespace Repository.Api.Tests.Conventions;

/// <summary>Requests whose body and content type are given to the byte.</summary>
internal static class BodyCalls
{
    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, byte[] body, string? contentType, CancellationToken ct)
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await client.PostAsync(path, content, ct);
    }

    /// <summary>A registration of a new machine that is exactly so many bytes long.</summary>
    public static byte[] RegistrationOf(string hash, int bytes)
    {
        var json = $$"""{"machineRegisterHash":"{{hash}}"}""";
        return System.Text.Encoding.UTF8.GetBytes(json.PadRight(bytes));
    }
}
