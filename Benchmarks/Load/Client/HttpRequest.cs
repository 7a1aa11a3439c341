using System.Text;

namespace Repository.Benchmarks.Load.Client;

/// <summary>The bytes of an HTTP/1.1 request, built once.</summary>
internal static class HttpRequest
{
    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public static byte[] Post(string path, string json) =>
        Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");
}
