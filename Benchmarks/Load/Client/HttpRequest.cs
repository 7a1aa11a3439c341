using System.Text;

namespace Repository.Benchmarks.Load.Client;

/// <summary>The bytes of an HTTP/1.1 request, built once.</summary>
internal static class HttpRequest
{
    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public static byte[] Post(string path, string json) => Send("POST", path, json);

    public static byte[] Post(string path, string json, string bearer) => Send("POST", path, json, $"Authorization: Bearer {bearer}\r\n");

    public static byte[] Put(string path, string json) => Send("PUT", path, json);

    private static byte[] Send(string method, string path, string json, string headers = "")
    {
        var length = Encoding.UTF8.GetByteCount(json);
        return Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{json}");
    }
}
