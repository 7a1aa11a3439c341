using Repository.Api.Tests.Domain;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Api.Tests.Cluster.PrivatePort;

public sealed class FramesTests
{
    private readonly FrameCipher _sender;
    private readonly FrameCipher _receiver;

    public FramesTests()
    {
        _sender = ChannelCiphers.OfCaller(PrivatePortVectors.Key2, PrivatePortVectors.Salt1, PrivatePortVectors.Salt2).Outgoing;
        _receiver = ChannelCiphers.OfServer(PrivatePortVectors.Key2, PrivatePortVectors.Salt1, PrivatePortVectors.Salt2).Incoming;
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 }, false)]
    [InlineData(new byte[] { 0, 0, 0, 1 }, true)]
    [InlineData(new byte[] { 0, 1, 0, 0 }, true)]
    [InlineData(new byte[] { 0, 1, 0, 1 }, false)]
    [InlineData(new byte[] { 0x7f, 0xff, 0xff, 0xff }, false)]
    [InlineData(new byte[] { 0x80, 0, 0, 1 }, false)]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff }, false)]
    public void A_frame_has_a_length_between_1_and_65536(byte[] prefix, bool isOne) =>
        Assert.Equal(isOne, Frame.TryReadLength(prefix, Frame.MaxBodySize, out _));

    [Fact]
    public void Messages_of_every_size_arrive()
    {
        foreach (var size in (int[])[0, 1, 15, 16, 17, FrameCipher.MaxMessageSize])
        {
            Assert.True(_receiver.TryOpen(_sender.Seal(new byte[size]), out var message));
            Assert.Equal(size, message.Length);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => _sender.Seal(new byte[FrameCipher.MaxMessageSize + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Frame.Write(new byte[Frame.MaxBodySize + 1]));
    }

    [Theory]
    [InlineData(0, 2)] // Dropped.
    [InlineData(0, 0)] // Doubled.
    [InlineData(1, 0)] // Reordered.
    [InlineData(2)]
    public void A_frame_out_of_its_order_does_not_open_and_nothing_opens_after_it(params int[] order)
    {
        var frames = Enumerable.Range(0, 3).Select(i => _sender.Seal([(byte)i])).ToArray();
        var expected = 0;
        var failed = false;
        foreach (var index in order)
        {
            var opens = _receiver.TryOpen(frames[index], out _);
            Assert.Equal(!failed && index == expected, opens);
            failed |= !opens;
            expected++;
        }

        Assert.True(failed);
        Assert.All(frames, frame => Assert.False(_receiver.TryOpen(frame, out _)));
    }

    [Fact]
    public void A_frame_with_any_bit_flipped_or_of_any_other_length_does_not_open()
    {
        byte[] message = [.. Enumerable.Range(0, 24).Select(static i => (byte)i)];
        var frame = _sender.Seal(message);
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            byte[] changed = [.. frame];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Fresh().TryOpen(changed, out _), $"bit {bit}");
        }

        Assert.All(Enumerable.Range(0, frame.Length), length => Assert.False(Fresh().TryOpen(frame.AsSpan(0, length), out _)));
        Assert.False(Fresh().TryOpen([.. frame, 0], out _));
        Assert.False(Fresh().TryOpen(new byte[Frame.MaxBodySize + 1], out _));
        Assert.True(Fresh().TryOpen(frame, out _));
    }

    [Fact]
    public void A_frame_of_the_other_direction_or_of_another_connection_does_not_open()
    {
        var frame = _sender.Seal([1]);

        Assert.False(ChannelCiphers.OfCaller(PrivatePortVectors.Key2, PrivatePortVectors.Salt1, PrivatePortVectors.Salt2).Incoming.TryOpen(frame, out _));
        Assert.False(ChannelCiphers.OfServer(PrivatePortVectors.Key2, PrivatePortVectors.Salt2, PrivatePortVectors.Salt1).Incoming.TryOpen(frame, out _));
        Assert.False(ChannelCiphers.OfServer(PrivatePortVectors.Key1, PrivatePortVectors.Salt1, PrivatePortVectors.Salt2).Incoming.TryOpen(frame, out _));
    }

    [Fact]
    public void No_bytes_at_all_open()
    {
        var dice = new Dice();
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[dice.Next(200)];
            foreach (ref var value in bytes.AsSpan())
            {
                value = (byte)dice.Next(256);
            }

            Assert.False(Fresh().TryOpen(bytes, out _), dice.ToString());
        }
    }

    private static FrameCipher Fresh() =>
        ChannelCiphers.OfServer(PrivatePortVectors.Key2, PrivatePortVectors.Salt1, PrivatePortVectors.Salt2).Incoming;
}
