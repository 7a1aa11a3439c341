using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Repository.Infrastructure.Hosting;

namespace Repository.Api.Hosting;

/// <summary>The <c>iss</c> of this deployment's tokens: <c>Repository:Issuer</c>, or the first address on which the server listens.</summary>
internal sealed class IssuerName(IServer server, IOptions<RepositoryOptions> options)
{
    /// <summary>Known once the server listens, which is before the first request.</summary>
    public string Value => string.IsNullOrEmpty(options.Value.Issuer)
        ? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? throw new InvalidOperationException("The server does not listen yet.")
        : options.Value.Issuer;
}
