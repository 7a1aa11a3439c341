namespace Repository.Benchmarks.Load.Conversations;

/// <summary>
/// One connection's seats: its machines under every capability, each pair once. Spread, neighbours in time are of different capabilities;
/// else every connection fills the same capability until each of its machines has a seat there, and then the next one.
/// </summary>
internal sealed class SeatTurns(MachineTurns machines, int capabilities, bool isSpread)
{
    private int _turn = -1;

    public ReadOnlySpan<byte> Machine => machines.Hash;

    public int Capability { get; private set; }

    /// <exception cref="InvalidOperationException">Every machine holds a seat of every capability: what follows would be another load.</exception>
    public void MoveNext()
    {
        var (round, machine) = Math.DivRem(++_turn, machines.Count);
        if (round >= capabilities)
        {
            throw new InvalidOperationException("There are not enough seats for the run.");
        }

        machines.MoveNext();
        Capability = isSpread ? (machine + round) % capabilities : round;
    }
}
