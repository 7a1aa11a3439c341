using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Repository.Api.Tests.Hosting;
using Repository.Api.Tests.Storage;
using Repository.Domain.Cluster;
using Repository.Infrastructure.Cluster;
using Port = Repository.Api.Cluster.PrivatePort;

namespace Repository.Api.Tests.Cluster.PrivatePort;

/// <summary>What tests of the private port do with a server.</summary>
internal static class PrivatePortCalls
{
    /// <summary>A private port on loopback.</summary>
    public static readonly (string Name, string Value) Listen = ("Cluster:Listen", "127.0.0.1:0");

    extension(RepositoryApp app)
    {
        public IPEndPoint PrivateAddress => app.Services.GetRequiredService<Port>().BoundAddress!;

        public NodeId NodeId => app.Identity.Id;

        public NodeIdentity Identity => app.Services.GetRequiredService<NodeIdentity>();

        /// <summary>Puts a node that a test plays among the nodes of the database, and has the server see it.</summary>
        public async Task AdmitAsync(TestPeer member, CancellationToken ct, NodeState state = NodeState.Active, string endpoint = "127.0.0.1:1")
        {
            var descriptor = member.Describe(endpoint);
            await app.ExecuteSqlAsync(
                """
                INSERT INTO nodes (node_id, name, state, ck, sk, public_endpoint, cluster_endpoint, dig_sig)
                VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)
                """,
                ct,
                member.Id.ToByteArray(),
                descriptor.Name.ToString(),
                (int)state,
                descriptor.Ck.Spki.ToArray(),
                descriptor.Sk.Spki.ToArray(),
                descriptor.Endpoints[1].ToString(),
                descriptor.Endpoints[0].ToString(),
                member.SkPair.Sign(descriptor.ToSignedBytes()));
            await app.RefreshNodesAsync(ct);
        }

        /// <summary>Changes what a node may do, as an administrator does at another node.</summary>
        public async Task SetStateAsync(TestPeer member, NodeState state, CancellationToken ct)
        {
            await app.ExecuteSqlAsync("UPDATE nodes SET state = @p0 WHERE node_id = @p1", ct, (int)state, member.Id.ToByteArray());
            await app.RefreshNodesAsync(ct);
        }

        public Task RefreshNodesAsync(CancellationToken ct) => app.Services.GetRequiredService<NodeDirectory>().RefreshAsync(ct);

        /// <summary>A connection to the private port.</summary>
        public Task<TestWire> ConnectAsync(CancellationToken ct) => TestWire.ConnectAsync(app.PrivateAddress, ct);

        /// <summary>A connection on which a member has proved itself.</summary>
        public async Task<TestChannel> CallAsync(TestPeer member, CancellationToken ct)
        {
            var wire = await app.ConnectAsync(ct);
            return await wire.GreetAsync(member, app, ct) ?? throw new InvalidOperationException("The server did not answer.");
        }

        /// <summary>
        /// Moves the clock, step by step, until something has happened: the server's threads set their timers when they come to it, and are given time
        /// to do what is due before the next step.
        /// </summary>
        public async Task AdvanceUntilAsync(TimeSpan step, Func<bool> happened, CancellationToken ct)
        {
            while (!happened())
            {
                app.Clock.Advance(step);
                for (var i = 0; i < 20_000 && !happened(); i++)
                {
                    ct.ThrowIfCancellationRequested();
                    await Task.Yield();
                }
            }
        }
    }
}
