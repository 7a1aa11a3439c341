namespace Repository.Api.Tests.Capabilities;

/// <summary>What a capability file's member <c>verification</c> may not be.</summary>
public sealed class RefusingVerificationsTests
{
    private const string Members = "verification must be an object of two members, algorithm and signature.";
    private const string AlgorithmRule = "verification.algorithm must be EdDSA, RS256, PS256 or ES256.";
    private const string SignatureRule = "verification.signature must be base64, with padding, of 1 to 1,024 bytes.";

    [Theory]
    [InlineData("\"a\":0")]
    [InlineData("\"b\":0")]
    [InlineData("\"x\":null")]
    [InlineData("\"\":{}")]
    [InlineData("\"Algorithm\":\"EdDSA\"")]
    public void A_third_member_is_refused_wherever_it_stands(string member)
    {
        Assert.Equal(Members, Reading.FlawOf(CapabilityText.Of(CapabilityText.Content, $"{CapabilityText.Verification[..^1]},{member}}}")));
        Assert.Equal(Members, Reading.FlawOf(CapabilityText.Of(CapabilityText.Content, $"{{{member},{CapabilityText.Verification[1..]}")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"algorithm\":\"EdDSA\"}")]
    [InlineData("{\"signature\":\"AA==\"}")]
    public void The_verification_must_have_both_members(string verification) =>
        Assert.Equal(Members, Reading.FlawOf(CapabilityText.Of(CapabilityText.Content, verification)));

    [Theory]
    [InlineData("\"eddsa\"")]
    [InlineData("\"EDDSA\"")]
    [InlineData("\"Ed25519\"")]
    [InlineData("\"RS512\"")]
    [InlineData("\"HS256\"")]
    [InlineData("\"none\"")]
    [InlineData("\"EdDSA \"")]
    [InlineData("\"EdDSA\\u0000\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("[\"EdDSA\"]")]
    public void Another_algorithm_is_refused(string algorithm) =>
        Assert.Equal(AlgorithmRule, Reading.FlawOf(CapabilityText.Of(CapabilityText.Content, $"{{\"algorithm\":{algorithm},\"signature\":\"AA==\"}}")));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"AA\"")]
    [InlineData("\"AA=\"")]
    [InlineData("\"AB==\"")] // Stray bits.
    [InlineData("\"AAB=\"")]
    [InlineData("\"AA==AA==\"")]
    [InlineData("\"AAAA \"")]
    [InlineData("\"AA\\n==\"")]
    [InlineData("\"AAA\\u00e9\"")]
    [InlineData("\"__8=\"")] // base64url
    [InlineData("\"====\"")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    public void A_signature_has_one_spelling(string signature) =>
        Assert.Equal(SignatureRule, Reading.FlawOf(CapabilityText.Of(CapabilityText.Content, $"{{\"algorithm\":\"EdDSA\",\"signature\":{signature}}}")));

    [Fact]
    public void A_signature_is_one_byte_to_a_kibibyte()
    {
        Assert.All([1, 2, 3, 64, 256, 1023, 1024], size => Assert.Equal(size, Reading.Of(Signed(size)).Signature.Length));
        Assert.All([0, 1025, 1026, 1027, 10_000], size => Assert.Equal(SignatureRule, Reading.FlawOf(Signed(size))));

        string Signed(int size) =>
            CapabilityText.Of(CapabilityText.Content, $"{{\"algorithm\":\"RS256\",\"signature\":\"{Convert.ToBase64String(new byte[size])}\"}}");
    }
}
