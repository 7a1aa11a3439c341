using FsCheck;
using FsCheck.Fluent;
using Repository.Infrastructure.Keys;

namespace Repository.Api.Tests.Keys;

public sealed class SealingColumnsTests : IDisposable
{
    private static readonly ColumnPlace Place = new("idempotency", "sealed_answer", [1, 2, 3]);

    private readonly KeyRing _keys = KeysOf(1);
    private readonly KeyRing _otherKeys = KeysOf(2);
    private readonly ColumnSealer _sealer;

    public SealingColumnsTests() => _sealer = new ColumnSealer(_keys);

    [Fact]
    public void A_sealed_value_opens_at_its_place() =>
        Prop.ForAll<byte[], byte[]>((secret, row) =>
        {
            var place = Place with { Row = row };
            var box = _sealer.Seal(secret, place);
            return _sealer.TryOpen(box, place, out var opened) && opened.AsSpan().SequenceEqual(secret) && box.Length == secret.Length + 41;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sealed_value_with_any_bit_flipped_stays_shut() =>
        Prop.ForAll<byte[]>(secret =>
        {
            var box = _sealer.Seal(secret, Place);
            return Enumerable.Range(0, box.Length * 8).All(bit =>
            {
                box[bit / 8] ^= (byte)(1 << (bit % 8));
                var opened = _sealer.TryOpen(box, Place, out var plaintext);
                box[bit / 8] ^= (byte)(1 << (bit % 8));
                return !opened && plaintext.Length == 0;
            }) && _sealer.TryOpen(box, Place, out _);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sealed_value_of_any_shorter_length_stays_shut() =>
        Prop.ForAll<byte[]>(secret =>
        {
            var box = _sealer.Seal(secret, Place);
            return Enumerable.Range(0, box.Length).All(length => !_sealer.TryOpen(box.AsSpan(0, length), Place, out _));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sealed_value_with_bytes_after_it_stays_shut() =>
        Prop.ForAll<byte[], NonEmptyArray<byte>>((secret, more) =>
            !_sealer.TryOpen([.. _sealer.Seal(secret, Place), .. more.Get], Place, out _)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("idempotenc", "ysealed_answer", "010203")]
    [InlineData("other", "sealed_answer", "010203")]
    [InlineData("idempotency", "other", "010203")]
    [InlineData("sealed_answer", "idempotency", "010203")]
    [InlineData("idempotency", "sealed_answer", "010204")]
    [InlineData("idempotency", "sealed_answer", "0102")]
    [InlineData("idempotency", "sealed_answer", "01020300")]
    public void A_value_that_was_moved_stays_shut(string table, string column, string row)
    {
        var box = _sealer.Seal("secret"u8, Place);

        Assert.False(_sealer.TryOpen(box, new ColumnPlace(table, column, Convert.FromHexString(row)), out var opened));
        Assert.Empty(opened);
    }

    [Fact]
    public void Another_master_key_does_not_open_it() =>
        Assert.False(new ColumnSealer(_otherKeys).TryOpen(_sealer.Seal("secret"u8, Place), Place, out _));

    [Fact]
    public void The_same_value_is_sealed_with_another_nonce_each_time()
    {
        var boxes = Enumerable.Range(0, 1000).Select(_ => _sealer.Seal("secret"u8, Place)).ToList();

        Assert.Equal(1000, boxes.Select(box => Convert.ToHexString(box, 1, 24)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1000, boxes.Select(box => Convert.ToHexString(box, 25, 22)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_use_of_the_master_key_has_a_sub_key_of_its_own()
    {
        var master = new byte[32];

        var derived = new[] { SubKey.Check, SubKey.Columns, SubKey.Idempotency }.Select(use => Convert.ToHexString(use.Derive(master)));

        Assert.Equal(3, derived.Distinct(StringComparer.Ordinal).Count());
    }

    public void Dispose()
    {
        _keys.Dispose();
        _otherKeys.Dispose();
    }

    private static KeyRing KeysOf(byte seed)
    {
        var keys = new KeyRing();
        keys.Load(Enumerable.Repeat(seed, 32).ToArray());
        return keys;
    }
}
