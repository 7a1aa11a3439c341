using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Domain;
using Repository.Infrastructure.Coffer;
using static Repository.Api.Tests.Coffer.CofferTcpClient;

namespace Repository.Api.Tests.Coffer;

public sealed class TamperedFramesTests(ClassicApp server) : IClassFixture<ClassicApp>
{
    /// <summary>Conversations of strangers that a run tries.</summary>
    private const int Rounds = 400;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_bit_of_a_conversation_may_be_another_one()
    {
        byte[] design = [.. Design(Hello, server.Key.PublicKey), .. Design(Get)];
        byte[] classic = [.. Classic(Hello, server.Key.PublicKey), .. Classic(Get)];
        foreach (var talk in (byte[][])[design, classic])
        {
            for (var bit = 0; bit < talk.Length * 8; bit++)
            {
                var tampered = talk.ToArray();
                tampered[bit / 8] ^= (byte)(1 << (bit % 8));

                var answer = await AnswerToAsync(tampered);

                // A Link, an Error, KeyNotFound: in the design dialect. Nothing in the classic. A shard in none.
                Assert.True(answer.Length < 200 && !Answers(answer).Contains(OkGet), $"Bit {bit} of {Convert.ToHexStringLower(talk)}: {answer.Length} bytes.");
            }
        }

        await server.ServesAsync(Ct);
    }

    [Fact]
    public async Task No_byte_of_an_answer_may_be_another_one()
    {
        var serverKey = server.App.Services.GetRequiredService<CofferKey>().Pair.PublicKey;
        var design = await AnswerToAsync([.. Design(Hello, server.Key.PublicKey), .. Design(Get)]);
        var box = design[6..]; // After Link and the header of OkGet.
        Assert.NotNull(ClientSodium.OpenBox(box, serverKey, server.Key.PrivateKey));
        for (var i = 0; i < box.Length; i++)
        {
            box[i] ^= 0x10;
            Assert.Null(ClientSodium.OpenBox(box, serverKey, server.Key.PrivateKey));
            box[i] ^= 0x10;
        }

        Assert.Null(ClientSodium.OpenBox(box, CofferClient.Make().PublicKey, server.Key.PrivateKey));
        Assert.Null(ClientSodium.OpenBox(box, serverKey, CofferClient.Make().PrivateKey));
    }

    [Fact]
    public async Task Garbage_and_mutated_conversations_harm_nobody()
    {
        var dice = new Dice();
        byte[][] seeds =
        [
            [.. Design(Hello, server.Key.PublicKey), .. Design(Get), .. Design(Bye)],
            [.. Classic(Hello, server.Key.PublicKey), .. Classic(Get), .. Classic(Bye)],
        ];
        for (var batch = 0; batch < Rounds / 16; batch++)
        {
            var talks = Enumerable.Range(0, 16).Select(_ => Mutate(dice, seeds)).ToArray();
            await Task.WhenAll(talks.Select(AnswerToAsync)); // Each ends, whatever was said.
            await server.ServesAsync(Ct);
        }

        var errors = server.App.LogLines.Where(static line => line.StartsWith("Error", StringComparison.Ordinal)).ToList();
        Assert.True(errors.Count == 0, $"{dice}: {string.Join('\n', errors)}");
    }

    private static byte[] Mutate(Dice dice, byte[][] seeds)
    {
        if (dice.Next(4) == 0)
        {
            return [.. Enumerable.Range(0, dice.Next(3) == 0 ? dice.Next(20_000) : dice.Next(100)).Select(_ => (byte)dice.Next(256))];
        }

        var talk = dice.Pick<byte[]>(seeds).ToList();
        for (var changes = 1 + dice.Next(4); changes > 0; changes--)
        {
            var at = dice.Next(talk.Count);
            switch (dice.Next(4))
            {
                case 0: talk[at] = (byte)dice.Next(256); break;
                case 1: talk.RemoveAt(at); break;
                case 2: talk.Insert(at, (byte)dice.Next(256)); break;
                default: talk.InsertRange(at, talk.Take(dice.Next(talk.Count)).ToArray()); break;
            }
        }

        return [.. talk];
    }

    /// <summary>The types of the frames of the design dialect in an answer.</summary>
    private static IEnumerable<byte> Answers(byte[] answer)
    {
        for (var at = 0; at + 3 <= answer.Length; at += 3 + (answer[at] << 8) + answer[at + 1])
        {
            yield return answer[at + 2];
        }
    }

    /// <summary>Sends bytes, says that there are no more, and reads to the end.</summary>
    private async Task<byte[]> AnswerToAsync(byte[] sent)
    {
        using var client = await ConnectAsync(server.App, Ct);
        try
        {
            await client.SendAsync(Ct, sent);
            client.EndSending();
        }
        catch (Exception closed) when (closed is IOException or System.Net.Sockets.SocketException)
        {
            // The server has heard enough.
        }

        return await client.ReadToEndAsync(Ct);
    }
}
