using Repository.Domain.Capabilities;

namespace Repository.Api.Tests.Capabilities;

/// <summary>What reading a capability file gives.</summary>
internal static class Reading
{
    public static CapabilityFile Of(string file)
    {
        Assert.True(CapabilityFile.TryParse(CapabilityText.Utf8(file), out var capability, out var flaw), flaw);
        Assert.Null(flaw);
        return capability;
    }

    public static string FlawOf(string file) => FlawOf(CapabilityText.Utf8(file));

    public static string FlawOf(ReadOnlySpan<byte> file)
    {
        Assert.False(CapabilityFile.TryParse(file, out var capability, out var flaw));
        Assert.Null(capability);
        return flaw;
    }
}
