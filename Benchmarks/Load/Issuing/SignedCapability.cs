using Repository.Domain.Capabilities;

namespace Repository.Benchmarks.Load.Issuing;

/// <summary>A capability file that an issuer signed.</summary>
/// <param name="Json">The file, as it is sent.</param>
/// <param name="File">The same, as the server reads it.</param>
internal sealed record SignedCapability(string Json, CapabilityFile File)
{
    public string Guid { get; } = File.CapabilityGuid.ToString();
}
