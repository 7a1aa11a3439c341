using Microsoft.Extensions.Hosting;
using Repository.Domain.Audit;
using Repository.Infrastructure.Cluster;
using Repository.Infrastructure.Hosting;
using Repository.Infrastructure.Storage;

namespace Repository.Infrastructure.Audit;

/// <summary>
/// The last audit head that this node signed, kept in its own directory, where whoever can write the database does not come
/// (<c>audit.head</c>; design/formats.md, Cluster). Read before anything is served.
/// </summary>
internal sealed class AuditMemory(DataDirectory directory, NodeIdentity identity) : IHostedService
{
    private const string FileName = "audit.head";

    private volatile CountersignedHead? _last;
    private volatile TaskCompletionSource _change = NewChange();

    /// <summary>Null while this node has signed nothing.</summary>
    public CountersignedHead? Last => _last;

    /// <summary>Completes when the next one is kept.</summary>
    public Task NextChange => _change.Task;

    /// <exception cref="StartRefusedException">The file is damaged, or was written by somebody else.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var path = directory.File(FileName);
        if (!File.Exists(path))
        {
            return;
        }

        // A node that has got new keys cannot check what it signed with the old ones: what it remembers goes on counting.
        _last = AuditHeadFile.TryRead(await File.ReadAllBytesAsync(path, cancellationToken), out var head) && (head.NodeId != identity.Id || head.IsSignedBy(identity.Sk))
            ? head
            : throw new StartRefusedException(
                $"{path} is damaged. It says up to where this node has seen the audit log: compare GET /v1/audit/head of the other nodes, then remove it.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keeps a head, durably, in place of the one before.</summary>
    public void Keep(CountersignedHead head)
    {
        directory.ReplaceSecret(FileName, AuditHeadFile.Write(head));
        _last = head;
        Interlocked.Exchange(ref _change, NewChange()).SetResult();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
