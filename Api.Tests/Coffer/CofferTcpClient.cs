using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Coffer.Tcp;
using Repository.Api.Tests.Connections;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Infrastructure.Coffer;

namespace Repository.Api.Tests.Coffer;

/// <summary>A client of the coffer's TCP dialects, as one writes it from docs/formats.md: on a bare socket.</summary>
internal sealed class CofferTcpClient : IDisposable
{
    public const byte Hello = 0x00;
    public const byte Link = 0x01;
    public const byte Get = 0x02;
    public const byte OkGet = 0x03;
    public const byte ClassicOkGet = 0x05;
    public const byte Bye = 0x99;
    public const byte KeyNotFound = 0xaa;
    public const byte Error = 0xff;

    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;
    private readonly byte[] _serverKey;

    private CofferTcpClient(TcpClient tcp, byte[] serverKey) => (_tcp, _stream, _serverKey) = (tcp, tcp.GetStream(), serverKey);

    public static async Task<CofferTcpClient> ConnectAsync(RepositoryApp app, CancellationToken ct)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(PortOf(app).BoundAddress!, ct);
        return new CofferTcpClient(tcp, app.Services.GetRequiredService<CofferKey>().Pair.PublicKey);
    }

    public static Api.Hosting.Connections.ConnectionPort PortOf(RepositoryApp app) => app.Services.GetRequiredService<CofferListener>().Port;

    /// <summary>A frame of the design dialect.</summary>
    public static byte[] Design(byte type, params byte[] body)
    {
        byte[] frame = [0, 0, type, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)body.Length);
        return frame;
    }

    /// <summary>A frame of the classic dialect.</summary>
    public static byte[] Classic(byte type, params byte[] body)
    {
        byte[] frame = [0, 0, 0, 0, 0, 0, 0, 0, type, .. body];
        BinaryPrimitives.WriteUInt64BigEndian(frame, (ulong)body.Length);
        return frame;
    }

    public async Task SendAsync(CancellationToken ct, params byte[][] frames) =>
        await _stream.WriteAsync(frames.SelectMany(static frame => frame).ToArray(), ct);

    /// <summary>Sends a byte at a time, each in a segment of its own as far as that is the sender's to decide.</summary>
    public async Task SendSlowlyAsync(CancellationToken ct, params byte[][] frames)
    {
        foreach (var one in frames.SelectMany(static frame => frame))
        {
            await _stream.WriteAsync(new[] { one }, ct);
            await Task.Yield();
        }
    }

    /// <summary>Says that nothing more is sent; answers may still come.</summary>
    public void EndSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    public async Task<(byte Type, byte[] Body)> ReadDesignAsync(CancellationToken ct)
    {
        var header = await ReadAsync(3, ct);
        return (header[2], await ReadAsync(BinaryPrimitives.ReadUInt16BigEndian(header), ct));
    }

    public async Task<(byte Type, byte[] Body)> ReadClassicAsync(CancellationToken ct)
    {
        var header = await ReadAsync(9, ct);
        return (header[8], await ReadAsync(checked((int)BinaryPrimitives.ReadUInt64BigEndian(header)), ct));
    }

    /// <summary>The next frame is a Link.</summary>
    public async Task IsLinkedAsync(CancellationToken ct)
    {
        var (type, body) = await ReadDesignAsync(ct);
        Assert.Equal(Link, type);
        Assert.Empty(body);
    }

    /// <summary>The next frame is an Error, and then the connection is closed.</summary>
    /// <returns>The reason.</returns>
    public async Task<string> IsRefusedAsync(CancellationToken ct)
    {
        var (type, body) = await ReadDesignAsync(ct);
        Assert.Equal(Error, type);
        await IsClosedAsync(ct);
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(body);
    }

    /// <summary>Nothing more comes, and the connection is closed.</summary>
    public Task IsClosedAsync(CancellationToken ct) => _stream.IsClosedAsync(ct);

    /// <summary>The next frame is an OkGet of the design dialect.</summary>
    /// <returns>The secrets, as <see cref="Spell"/> spells them.</returns>
    public async Task<string> ReadSecretsAsync(CofferClient key, CancellationToken ct)
    {
        var (type, body) = await ReadDesignAsync(ct);
        Assert.Equal(OkGet, type);
        return Spell(ClientSodium.OpenBox(body, _serverKey, key.PrivateKey)!);
    }

    /// <summary>The next frame is an OkGet of the classic dialect.</summary>
    /// <returns>The secrets, as <see cref="Spell"/> spells them.</returns>
    public async Task<string> ReadClassicSecretsAsync(CofferClient key, CancellationToken ct)
    {
        var (type, body) = await ReadClassicAsync(ct);
        Assert.Equal(ClassicOkGet, type);
        return Spell(ClientSodium.OpenSealedBox(body, key.PublicKey, key.PrivateKey));
    }

    /// <summary>Everything that comes until the connection is closed.</summary>
    public async Task<byte[]> ReadToEndAsync(CancellationToken ct)
    {
        using var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all, ct);
        }
        catch (IOException reset) when (reset.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            // What the server did not read any more makes a close a reset.
        }

        return all.ToArray();
    }

    public void Dispose() => _tcp.Dispose();

    /// <summary>CBOR in the diagnostic notation of RFC 8949, as far as secrets need it.</summary>
    public static string Spell(byte[] cbor)
    {
        var reader = new CborReader(cbor, CborConformanceMode.Strict);
        var text = new CborText(reader).Next();
        Assert.Equal(0, reader.BytesRemaining);
        return text;
    }

    private async Task<byte[]> ReadAsync(int count, CancellationToken ct)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}
