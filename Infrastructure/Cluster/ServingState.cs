using Repository.Domain.Cluster;

namespace Repository.Infrastructure.Cluster;

/// <summary>
/// Whether this node may serve: what the public port asks before every request, and what other ports, held polls and background work follow.
/// Reading it costs one volatile read.
/// </summary>
internal sealed class ServingState : IDisposable
{
    private readonly Lock _changing = new();
    private volatile NodeState _state = NodeState.Waiting;
    private bool _isKnown;
    private TaskCompletionSource _change = NewChange();
    private CancellationTokenSource _serving = new();

    public ServingState() => _serving.Cancel();

    public NodeState State => _state;

    public bool IsServing => _state == NodeState.Active;

    /// <summary>Completes at the next change. Take it before reading <see cref="State"/>, or a change may slip in between.</summary>
    public Task NextChange
    {
        get
        {
            lock (_changing)
            {
                return _change.Task;
            }
        }
    }

    /// <summary>Is cancelled when this node stops to serve, and already is while it does not. What is held for callers ends with it.</summary>
    public CancellationToken EndOfService
    {
        get
        {
            lock (_changing)
            {
                return _serving.Token;
            }
        }
    }

    /// <returns>Whether that is a change, or the first that is known.</returns>
    public bool Set(NodeState state)
    {
        TaskCompletionSource change;
        CancellationTokenSource? ended = null;
        lock (_changing)
        {
            if (_state == state && _isKnown)
            {
                return false;
            }

            _isKnown = true;

            if (state == NodeState.Active)
            {
                _serving = new CancellationTokenSource();
            }
            else if (_state == NodeState.Active)
            {
                ended = _serving;
            }

            _state = state;
            (change, _change) = (_change, NewChange());
        }

        ended?.Cancel();
        change.SetResult();
        return true;
    }

    /// <summary>Returns once this node serves, at once where it does.</summary>
    public async Task WaitUntilServingAsync(CancellationToken ct)
    {
        while (true)
        {
            var change = NextChange;
            if (IsServing)
            {
                return;
            }

            await change.WaitAsync(ct);
        }
    }

    /// <summary>Returns once this node does not serve, at once where it does not.</summary>
    public async Task WaitUntilNotServingAsync(CancellationToken ct)
    {
        while (true)
        {
            var change = NextChange;
            if (!IsServing)
            {
                return;
            }

            await change.WaitAsync(ct);
        }
    }

    public void Dispose() => _serving.Dispose();

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
