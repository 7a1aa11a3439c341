using System.Buffers;
using Repository.Api.Coffer.Tcp;
using Repository.Api.Tests.Domain;
using static Repository.Api.Tests.Coffer.CofferTcpClient;

namespace Repository.Api.Tests.Coffer;

/// <summary>However bytes come, the same frames are read from them.</summary>
public sealed class ReadingFramesTests
{
    private const int Rounds = 20_000;

    private delegate bool Taker(ref ReadOnlySequence<byte> received, out FrameRequest request);

    [Fact]
    public void Frames_are_read_alike_from_one_piece_and_from_many_and_as_soon_as_they_are_whole()
    {
        var dice = new Dice();
        for (var round = 0; round < Rounds; round++)
        {
            var isDesign = dice.Toss();
            Taker take = isDesign ? DesignFrame.TryTake : ClassicFrame.TryTake;
            var bytes = Draw(dice, isDesign ? Design : Classic);

            var whole = ReadAll(take, new ReadOnlySequence<byte>(bytes));

            Assert.True(whole.SequenceEqual(ReadAll(take, Split(bytes, _ => 1))), dice.ToString());
            Assert.True(whole.SequenceEqual(ReadAll(take, Split(bytes, left => 1 + dice.Next(left)))), dice.ToString());
            for (var length = bytes.Length; length >= 0; length--)
            {
                // What is read from less is the beginning of what is read from more.
                var less = ReadAll(take, new ReadOnlySequence<byte>(bytes.AsMemory(0, length)));
                Assert.True(whole.Take(less.Count).SequenceEqual(less), dice.ToString());
            }
        }
    }

    private static byte[] Draw(Dice dice, Func<byte, byte[], byte[]> frame)
    {
        byte[] types = [Hello, Get, Bye, Error];
        int[] sizes = [0, 0, 1, 32, 32, 33];
        byte[][] frames = [.. Enumerable.Range(0, 1 + dice.Next(3)).Select(_ =>
            frame(dice.Pick<byte>(types), [.. Enumerable.Range(0, dice.Pick<int>(sizes)).Select(_ => (byte)dice.Next(256))]))];
        byte[] bytes = [.. frames.SelectMany(static one => one)];
        if (dice.Toss())
        {
            bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256);
        }

        return bytes;
    }

    /// <summary>The requests as a conversation takes them: up to a wrong one.</summary>
    private static List<FrameRequest> ReadAll(Taker take, ReadOnlySequence<byte> received)
    {
        var requests = new List<FrameRequest>();
        while (requests is not [.., { Kind: RequestKind.Wrong }] && take(ref received, out var request))
        {
            requests.Add(request);
        }

        return requests;
    }

    private static ReadOnlySequence<byte> Split(byte[] bytes, Func<int, int> sizeOf)
    {
        var first = new Segment(ReadOnlyMemory<byte>.Empty, 0);
        var last = first;
        for (var at = 0; at < bytes.Length; at += last.Memory.Length)
        {
            last = last.Append(bytes.AsMemory(at, sizeOf(bytes.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
