using Repository.Api.Hosting.Actions;
using Repository.Infrastructure.Capabilities;

namespace Repository.Api.Capabilities;

/// <summary>The operations on capabilities that are injected where they are called.</summary>
internal static class CapabilityServices
{
    public static void AddCapabilities(this IServiceCollection services)
    {
        services.AddSingleton<VerifiedSignatures>();
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton<SignatureCheck>();
        services.AddSingleton<VerifyCapability>();
        services.AddSingleton<ActivationTokens>();
        services.AddSingleton<SeatClaims>();
        services.AddSingleton<SeatActivation>();
        services.AddSingleton<SeatRelease>();
        services.AddSingleton<BodyReader<RevokeCapabilityRequest>>();
        services.AddSingleton<CapabilityRevocation>();
        services.AddScoped<ListSeats>();
    }
}
