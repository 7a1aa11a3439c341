using Repository.Api.Hosting.Callers;
using Repository.Infrastructure.Sessions;

namespace Repository.Api.Sessions;

/// <summary>The operations on sessions that are injected where they are called, and the credential that a session is.</summary>
internal static class SessionServices
{
    public static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionChallenges>();
        services.AddSingleton<HandshakeCheck>();
        services.AddSingleton<SessionTokens>();
        services.AddSingleton<SessionOpener>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<ICredential, SessionCredential>();
    }
}
