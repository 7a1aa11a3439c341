using Microsoft.Extensions.DependencyInjection;
using Repository.Infrastructure.Cluster.Discovery;

namespace Repository.Infrastructure.Cluster.PrivatePort;

/// <summary>Both sides of the private port: who calls here, and whom this node calls.</summary>
internal static class PrivatePortServices
{
    public static void AddPrivatePort(this IServiceCollection services)
    {
        services.AddSingleton<HandshakeGate>();
        services.AddSingleton<SeenSalts>();
        services.AddSingleton<HelloCheck>();
        services.AddSingleton<CallerRefusals>();
        services.AddSingleton<ServerGreeting>();
        services.AddSingleton<ServerConversation>();
        services.AddSingleton<MemberConnections>();
        services.AddSingleton<PrivatePortServer>();
        services.AddSingleton<PeerSightings>();
        services.AddSingleton<PeerAddresses>();
        services.AddSingleton<PeerCall>();
        services.AddSingleton<PeerConversation>();
        services.AddSingleton<PeerLink>();
        services.AddSingleton<NodeConnections>();
        services.AddSingleton<DiscoverySocket>();
        services.AddSingleton<AnnouncementCheck>();
        services.AddSingleton<Announcement>();
    }
}
