using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Repository.Api.Hosting.Connections;
using Repository.Infrastructure.Cluster.PrivatePort;

namespace Repository.Api.Cluster;

/// <summary>Hands the connections of the private port to what serves them.</summary>
internal sealed class PrivatePortHandler(PrivatePortServer server) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) => server.ServeAsync(
        connection.Transport,
        (connection.RemoteEndPoint as IPEndPoint)?.Address,
        connection.Features.GetRequiredFeature<IConnectionLease>().Ended);
}
