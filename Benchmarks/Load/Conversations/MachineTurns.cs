namespace Repository.Benchmarks.Load.Conversations;

/// <summary>One connection's machines, taken in turn.</summary>
internal sealed class MachineTurns(MachinePool pool, int[] machines)
{
    private int _turn = -1;

    public int Count => machines.Length;

    /// <summary>True when every machine had its first turn.</summary>
    public bool CameRound => _turn + 1 >= machines.Length;

    public ReadOnlySpan<byte> Hash => pool.Hash(Current);

    public Span<byte> Date => pool.Date(Current);

    private int Current => machines[_turn % machines.Length];

    public void MoveNext() => _turn++;
}
