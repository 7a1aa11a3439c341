using Repository.Api.Hosting.Connections;

namespace Repository.Api.Coffer.Tcp;

/// <summary>How long the other side is waited for (design/formats.md, Coffer).</summary>
internal sealed class FramePatience(IConnectionLease lease, TimeProvider clock)
{
    /// <summary>How long a connection may be silent.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>How long a frame may take from its first byte on, however steadily it comes.</summary>
    internal static readonly TimeSpan Frame = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer may take, the other side's taking it included.</summary>
    internal static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);

    private long _received;
    private long? _begun;

    /// <summary>Something is read next.</summary>
    /// <param name="isInFrame">Whether a part of a frame was received already.</param>
    public void Wait(bool isInFrame)
    {
        if (!isInFrame)
        {
            lease.EndAfter(Silence);
            return;
        }

        _begun ??= _received;
        var left = Frame - clock.GetElapsedTime(_begun.Value);
        lease.EndAfter(left < Silence ? left : Silence);
    }

    /// <summary>Something was received, and is answered next.</summary>
    public void Received()
    {
        _received = clock.GetTimestamp();
        lease.EndAfter(Answer);
    }

    /// <summary>A frame is whole; what follows it is another one's.</summary>
    public void Completed() => _begun = null;
}
