using System.Diagnostics;
using Repository.Benchmarks.Load.Issuing;
using Repository.Benchmarks.Load.Measuring;
using Repository.Domain.Cryptography;

namespace Repository.Benchmarks.Load.Contenders;

/// <summary>The signatures alone: one thread a core verifies the same files with the call that the server makes, and does nothing else.</summary>
internal sealed class SignatureContender(string name, SigningPublicKey key, IReadOnlyList<SignedCapability> files) : Contender(name)
{
    public override async Task<Sample> MeasureAsync(SampleTiming timing, CancellationToken ct)
    {
        var window = SampleWindow.After(timing.WarmUp, timing.Duration);
        var cores = CoresUsed.ByThisProcess();
        var counts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(
            () => Count(window, ct),
            ct,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        return new Sample(counts.Sum() / timing.Duration.TotalSeconds, null, null) { PeerCores = cores.SinceStart() };
    }

    private long Count(SampleWindow window, CancellationToken ct)
    {
        var count = 0L;
        for (var turn = 0; ; turn = (turn + 1) % files.Count)
        {
            var file = files[turn].File;
            if (!key.Verifies(file.Algorithm, file.SignedBytes, file.Signature.Span))
            {
                throw new InvalidOperationException("A signature of this benchmark's own issuer is not valid.");
            }

            var now = Stopwatch.GetTimestamp();
            if (window.IsOver(now))
            {
                return count;
            }

            ct.ThrowIfCancellationRequested();
            count += window.Counts(now) ? 1 : 0;
        }
    }
}
