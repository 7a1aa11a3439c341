using Repository.Domain.Coffer;

namespace Repository.Api.Tests.Coffer;

/// <summary>What the published client reads: the bytes that serde_cbor makes of its types.</summary>
public sealed class ClassicSecretListTests
{
    public static TheoryData<double, string> Floats => new()
    {
        { 0.0, "f90000" },
        { -0.0, "f98000" },
        { 1.5, "f93e00" },
        { -65504.0, "f9fbff" }, // The largest of f16.
        { 65536.0, "fa47800000" },
        { 5.960464477539063e-8, "f90001" }, // The smallest of f16.
        { 100000.0, "fa47c35000" },
        { (double)3.4028234663852886e38f, "fa7f7fffff" },
        { 1.401298464324817e-45, "fa00000001" }, // The smallest of f32.
        { double.PositiveInfinity, "f97c00" },
        { double.NegativeInfinity, "f9fc00" },
        { double.NaN, "f97e00" },
    };

    public static TheoryData<SecretValue> TooLarge =>
    [
        new SecretValue.Integer(int.MaxValue + 1L),
        new SecretValue.Integer(int.MinValue - 1L),
        new SecretValue.Integer(long.MinValue),
        new SecretValue.Float(0.1),
        new SecretValue.Float(16777217.0), // f32 has 24 bits.
        new SecretValue.Float(3.5e38),
        new SecretValue.Float(1e-46),
        new SecretValue.Float(double.Epsilon),
        new SecretValue.Date(DateTimeOffset.UnixEpoch),
    ];

    [Fact]
    public void Each_type_has_its_name_and_the_order_is_kept() => Assert.Equal(
        "84" // Four pairs.
        + "826173a166537472696e6763c3bc21" // "s": {"String": "ü!"}
        + "826169a167496e74656765723a7fffffff" // "i": {"Integer": -2147483648}
        + "826166a165466c6f6174f93c00" // "f": {"Float": 1.0}
        + "8260a167426f6f6c65616ef4", // "": {"Boolean": false}
        Encode(
            ("s", new SecretValue.Text("ü!")),
            ("i", new SecretValue.Integer(int.MinValue)),
            ("f", new SecretValue.Float(1.0)),
            ("", new SecretValue.Boolean(false))));

    [Theory]
    [MemberData(nameof(Floats))]
    public void A_float_is_the_shortest_of_f16_and_f32_that_is_exact(double value, string expected) =>
        Assert.Equal($"81826166a165466c6f6174{expected}", Encode(("f", new SecretValue.Float(value))));

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void What_does_not_fit_is_left_out_and_reported_once_by_key(SecretValue value)
    {
        var list = ClassicSecretList.Encode([new Secret("x", value), new Secret("y", new SecretValue.Integer(int.MaxValue))]);

        Assert.Equal("81826179a167496e74656765721a7fffffff", Convert.ToHexStringLower(list.Bytes.Span));
        Assert.Equal(["x"], list.TakeUnreported());
        Assert.Empty(list.TakeUnreported());
    }

    private static string Encode(params (string Key, SecretValue Value)[] secrets)
    {
        var list = ClassicSecretList.Encode([.. secrets.Select(static secret => new Secret(secret.Key, secret.Value))]);
        Assert.Empty(list.TakeUnreported());
        return Convert.ToHexStringLower(list.Bytes.Span);
    }
}
