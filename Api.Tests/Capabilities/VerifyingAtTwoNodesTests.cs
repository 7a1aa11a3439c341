using Repository.Api.Tests.Cryptography;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Users;
using Repository.Domain.Cryptography;
using Repository.Infrastructure.Storage;

namespace Repository.Api.Tests.Capabilities;

/// <summary>A node that remembers a signature sees at once what another node changed.</summary>
public sealed class VerifyingAtTwoNodesTests() : DatabaseTests(DatabaseProvider.Postgres)
{
    [Fact]
    public async Task What_one_node_revokes_the_next_verify_at_another_refuses()
    {
        await using var other = await App.StartNodeAsync(Ct);
        var capability = await App.NewCapabilityAsync(Ct);
        var sibling = capability.With("edition", "2");
        await other.AssertVerifiesAsync(capability.Json, Ct);
        await other.AssertVerifiesAsync(sibling.Json, Ct);

        await App.RevokeAsync(capability, Ct);
        await other.AssertVerifiesAsync(capability.Json, Ct, "revoked");
        await other.AssertVerifiesAsync(sibling.Json, Ct);

        var rotated = capability.Issuer.With(TestKey.Make(SigningKeyKind.Ed25519));
        await App.RotateAsync(capability.Issuer, rotated, Ct, revokeOld: true);
        await other.AssertVerifiesAsync(sibling.Json, Ct, "signature-invalid");
        await other.AssertVerifiesAsync(sibling.SignedBy(rotated).Json, Ct);

        using var disabled = await App.PatchUserAsync(capability.Issuer.Guid, 0, Ct);
        await other.AssertVerifiesAsync(sibling.SignedBy(rotated).Json, Ct, "issuer-disabled");
    }
}
