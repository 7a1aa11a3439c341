using System.Text;

namespace Repository.Benchmarks.Load.Client;

/// <summary>The bytes of an HTTP/1.1 request, built once.</summary>
internal static class HttpRequest
{
    private const string Json = "application/json";

    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public static byte[] Get(string path, string bearer) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{Bearer(bearer)}\r\n");

    public static byte[] Post(string path, string json) => Send("POST", path, json, Json);

    public static byte[] Post(string path, string json, string bearer) => Send("POST", path, json, Json, Bearer(bearer));

    public static byte[] PostForm(string path, string form, string bearer) =>
        Send("POST", path, form, "application/x-www-form-urlencoded", Bearer(bearer));

    public static byte[] Put(string path, string json) => Send("PUT", path, json, Json);

    public static byte[] Put(string path, string body, string type, string bearer) => Send("PUT", path, body, type, Bearer(bearer));

    /// <summary>The head of a request whose body is made anew each time.</summary>
    public static byte[] PostHead(string path, string type, int length) =>
        Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: {length}\r\n\r\n");

    private static string Bearer(string bearer) => $"Authorization: Bearer {bearer}\r\n";

    private static byte[] Send(string method, string path, string body, string type, string headers = "")
    {
        var length = Encoding.UTF8.GetByteCount(body);
        return Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Type: {type}\r\nContent-Length: {length}\r\n\r\n{body}");
    }
}
