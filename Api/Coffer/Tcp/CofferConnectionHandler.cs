using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Repository.Api.Hosting.Connections;

namespace Repository.Api.Coffer.Tcp;

/// <summary>Serves the coffer's dialects on connections of <c>Coffer:Listen</c>.</summary>
internal sealed class CofferConnectionHandler(
    DialectChoice dialects,
    TimeProvider clock,
    ILogger<CofferConnectionHandler> logger) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var lease = connection.Features.GetRequiredFeature<IConnectionLease>();
        using var conversation = new CofferConversation(connection.Transport, dialects, new FramePatience(lease, clock), logger);
        await conversation.RunAsync(lease.Ended);
    }
}
