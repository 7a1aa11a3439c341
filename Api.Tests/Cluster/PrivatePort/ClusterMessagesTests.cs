using System.Security.Cryptography;
using Repository.Api.Tests.Domain;
using Repository.Domain.Audit;
using Repository.Domain.Cluster;
using Repository.Domain.Cluster.PrivatePort;

namespace Repository.Api.Tests.Cluster.PrivatePort;

public sealed class ClusterMessagesTests
{
    private static readonly TestPeer Member = TestPeer.Get(1);

    private static readonly CountersignedHead Head = CountersignedHead.Sign(
        Member.Id, 7, SHA256.HashData("x"u8), new DateTimeOffset(2026, 11, 21, 19, 19, 0, TimeSpan.Zero).AddTicks(1), data => Member.SkPair.Sign(data));

    private static ClusterMessage[] All =>
    [
        new ClusterMessage.KeepAlive(0),
        new ClusterMessage.KeepAlive(ulong.MaxValue),
        new ClusterMessage.Ack(3),
        new ClusterMessage.Ack(N: null),
        new ClusterMessage.GetCluster(),
        new ClusterMessage.ClusterMembers([]),
        new ClusterMessage.ClusterMembers([Present("active"), Present("disabled")]),
        new ClusterMessage.AuditHead(Head),
        new ClusterMessage.Bye(),
        new ClusterMessage.Error("No."),
    ];

    [Fact]
    public void Every_message_is_read_as_it_was_written() => Assert.All(All, message =>
    {
        var encoded = message.ToCbor();
        Assert.True(ClusterMessage.TryRead(encoded, out var read));
        Assert.Equal(message.GetType(), read.GetType());
        Assert.Equal(encoded, read.ToCbor());
    });

    [Theory]
    [InlineData("a1647479706563627965", true)] // {type: "bye"}
    [InlineData("bf647479706563627965ff", true)] // The same, of indefinite length.
    [InlineData("a2616e0764747970656961636b", false)] // Cut: "ack" announced with 9 characters.
    [InlineData("a2616e0764747970656361636b", true)] // {n: 7, type: "ack"}: any order.
    [InlineData("a2616e1807647479706563626f6f", false)] // No such type.
    [InlineData("a0", false)]
    [InlineData("", false)]
    [InlineData("80", false)]
    [InlineData("63627965", false)]
    [InlineData("a164747970656362796500", false)] // Trailing byte.
    [InlineData("a264747970656362796564747970656362796500", false)]
    [InlineData("a2647479706563627965647479706563627965", false)] // The name twice.
    [InlineData("a2647479706563627965616e07", false)] // A member too many.
    [InlineData("a16474797065696b656570416c697665", false)] // keepAlive without n.
    [InlineData("a26474797065696b656570416c697665616e20", false)] // n: -1
    [InlineData("a26474797065696b656570416c697665616e613 7", false)] // n: "7"
    [InlineData("a26474797065696b656570416c697665616ef97e00", false)] // n: NaN
    [InlineData("a26474797065696b656570416c697665616ec207", false)] // n: a tag
    [InlineData("a26474797065696b656570416c697665616ef6", false)] // n: null
    [InlineData("a16474797065f5", false)] // type: true
    [InlineData("a10001", false)] // A number for a name.
    [InlineData("a164747970656362ff65", false)] // Not UTF-8.
    [InlineData("ba7fffffff", false)]
    [InlineData("bb7fffffffffffffff", false)]
    [InlineData("bbffffffffffffffff", false)]
    [InlineData("a164747970659bffffffffffffffff", false)]
    [InlineData("a164747970655bffffffffffffffff", false)]
    public void A_message_has_exactly_its_members(string hex, bool isOne) =>
        Assert.Equal(isOne, ClusterMessage.TryRead(Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)), out _));

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        byte[] deep = [0xa1, 0x64, (byte)'t', (byte)'y', (byte)'p', (byte)'e', .. Enumerable.Repeat((byte)0x81, 60_000), 0];

        Assert.False(ClusterMessage.TryRead(deep, out _));
    }

    [Fact]
    public void Members_and_heads_of_wrong_shapes_are_refused()
    {
        Assert.All(
            [
                Head with { NodeId = NodeId.Load(new byte[20]) },
                Head with { Signature = new byte[385] },
            ],
            head => Assert.False(ClusterMessage.TryRead(new ClusterMessage.AuditHead(head).ToCbor(), out _)));
        var member = Present("active");
        Assert.All(
            [
                member with { State = "waiting" },
                member with { State = "ACTIVE" },
                member with { DigSig = new byte[385] },
                member with { Descriptor = member.Descriptor with { NodeId = NodeId.Load(new byte[20]) } },
                member with { Descriptor = member.Descriptor with { Name = default } },
                member with { Descriptor = member.Descriptor with { Endpoints = [default] } },
                member with { Descriptor = member.Descriptor with { Endpoints = [.. Enumerable.Repeat(MemberEndpoint.Parse("h:1"), 65)] } },
            ],
            other => Assert.False(ClusterMessage.TryRead(new ClusterMessage.ClusterMembers([other]).ToCbor(), out _)));
    }

    [Fact]
    public void The_most_members_that_are_presented_fit_into_a_frame()
    {
        var longest = Member.Describe(new string('h', 63) + string.Concat(Enumerable.Repeat("." + new string('h', 61), 3)) + ":9", "b:1");
        var members = Enumerable.Repeat(new PresentedMember(longest, "disabled", new byte[384]), Infrastructure.Cluster.PrivatePort.ServerConversation.MaxMembers);

        Assert.InRange(new ClusterMessage.ClusterMembers([.. members]).ToCbor().Length, 1, FrameCipher.MaxMessageSize);
    }

    [Fact]
    public void Mutated_messages_are_read_or_refused_and_nothing_else()
    {
        var dice = new Dice();
        var valid = All.Select(static message => message.ToCbor()).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. dice.Pick<byte[]>(valid)];
            for (var change = dice.Next(4); change >= 0 && bytes.Length > 0; change--)
            {
                var at = dice.Next(bytes.Length);
                bytes = dice.Next(3) switch
                {
                    0 => [.. bytes[..at], (byte)dice.Next(256), .. bytes[(at + 1)..]],
                    1 => bytes[..at],
                    _ => [.. bytes[..at], (byte)dice.Next(256), .. bytes[at..]],
                };
            }

            try
            {
                if (ClusterMessage.TryRead(bytes, out var message))
                {
                    _ = message.ToCbor();
                }
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Assert.Fail($"{dice}, {Convert.ToHexString(bytes)}: {failure}");
            }
        }
    }

    private static PresentedMember Present(string state)
    {
        var descriptor = Member.Describe();
        return new PresentedMember(descriptor, state, Member.SkPair.Sign(descriptor.ToSignedBytes()));
    }
}
