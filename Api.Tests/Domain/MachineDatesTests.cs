using FsCheck;
using FsCheck.Fluent;
using Repository.Domain.Encoding;
using Repository.Domain.Machines;

namespace Repository.Api.Tests.Domain;

public sealed class MachineDatesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 19, 19, 0, 123, TimeSpan.Zero);
    private static readonly byte[] RequestId = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    private static readonly Gen<DateTimeOffset> Dates =
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        select new DateTimeOffset((((long)high << 31) | (long)low) % DateTimeOffset.MaxValue.AddSeconds(-2).UtcTicks, TimeSpan.Zero);

    [Fact]
    public void The_next_date_is_later_than_the_last_and_in_the_first_second_that_allows_it() =>
        Prop.ForAll(Dates.ToArbitrary(), Dates.ToArbitrary(), Gen.Choose(-20_000_000, 20_000_000).ToArbitrary(), (last, any, near) =>
            IsNext(last, any) && IsNext(last, last.AddTicks(Math.Max(near, -last.UtcTicks)))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(5_000_000)]
    [InlineData(9_999_999)]
    public void A_date_after_a_date_of_the_same_second_is_still_later(int fraction)
    {
        var last = new DateTimeOffset(Now.UtcTicks / 10_000_000 * 10_000_000, TimeSpan.Zero).AddTicks(fraction);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(IsNext(last, Now)));
    }

    [Fact]
    public void The_fraction_is_spread_over_the_whole_second()
    {
        var tenths = Enumerable.Range(0, 10_000)
            .Select(_ => Machine.NextAccessDate(Now.AddDays(-1), Now).UtcTicks % 10_000_000 / 1_000_000)
            .CountBy(tenth => tenth)
            .ToDictionary();

        Assert.Equal(10, tenths.Count);
        Assert.All(tenths.Values, count => Assert.InRange(count, 750, 1250)); // Eight standard deviations of 30.
    }

    [Fact]
    public void What_follows_the_end_of_the_calendar_does_not_throw() =>
        Assert.All(
            [DateTimeOffset.MaxValue, DateTimeOffset.MaxValue.AddTicks(-1), DateTimeOffset.MaxValue.AddSeconds(-1), DateTimeOffset.MaxValue.AddSeconds(-2)],
            last => Assert.True(Machine.NextAccessDate(last, Now) >= last));

    [Fact]
    public void A_new_machine_is_registered_at_the_whole_second_and_its_date_is_within_it()
    {
        var machine = Machine.Register(HashIdentifier.Load(new byte[32]), previous: null, Now);

        Assert.Equal("2026-11-21T19:19:00.0000000Z", Rfc3339Date.Spell(machine.RegisteredDate));
        Assert.StartsWith("2026-11-21T19:19:00.", Rfc3339Date.Spell(machine.LastAccessedDate), StringComparison.Ordinal);
        Assert.Equal((HashState.Enabled, 0L), (machine.HashState, machine.MismatchCount));
    }

    [Theory]
    [InlineData(HashState.Disabled, "current", true, MachineVerdict.Disabled)]
    [InlineData(HashState.Disabled, "previous", true, MachineVerdict.Disabled)]
    [InlineData(HashState.Disabled, "other", false, MachineVerdict.Disabled)]
    [InlineData(HashState.Enabled, "current", false, MachineVerdict.Matches)]
    [InlineData(HashState.Enabled, "current", true, MachineVerdict.Matches)]
    [InlineData(HashState.Enabled, "previous", true, MachineVerdict.Replay)]
    [InlineData(HashState.Enabled, "previous", false, MachineVerdict.Mismatch)]
    [InlineData(HashState.Enabled, "other", true, MachineVerdict.Mismatch)]
    [InlineData(HashState.Enabled, "other", false, MachineVerdict.Mismatch)]
    public void A_machine_judges_in_order(HashState state, string date, bool withRequestId, MachineVerdict expected)
    {
        var machine = Stepped(state, RequestId);
        var presented = date switch
        {
            "current" => machine.LastAccessedDate,
            "previous" => machine.PreviousAccessedDate!.Value,
            _ => machine.LastAccessedDate.AddTicks(1),
        };

        Assert.Equal(expected, machine.Judge(presented, withRequestId ? RequestId : []));
    }

    [Fact]
    public void A_request_id_with_any_bit_flipped_is_no_replay() =>
        Assert.All(Enumerable.Range(0, 128), bit =>
        {
            var machine = Stepped(HashState.Enabled, RequestId);
            var other = RequestId.ToArray();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(MachineVerdict.Mismatch, machine.Judge(machine.PreviousAccessedDate!.Value, other));
        });

    [Fact]
    public void A_step_without_a_request_id_is_not_replayed_to_one_without()
    {
        var machine = Stepped(HashState.Enabled, requestId: null);

        Assert.Equal(MachineVerdict.Mismatch, machine.Judge(machine.PreviousAccessedDate!.Value, []));
    }

    private static bool IsNext(DateTimeOffset last, DateTimeOffset now)
    {
        var next = Machine.NextAccessDate(last, now);
        var second = next.UtcTicks / TimeSpan.TicksPerSecond;
        var (present, following) = (now.UtcTicks / TimeSpan.TicksPerSecond, (last.UtcTicks / TimeSpan.TicksPerSecond) + 1);
        return next > last && (second == present || (second == following && following > present));
    }

    /// <summary>A machine as the database holds it after a step.</summary>
    private static Machine Stepped(HashState state, byte[]? requestId)
    {
        var machine = Machine.Register(HashIdentifier.Load(new byte[32]), previous: null, Now);
        Set(nameof(Machine.HashState), state);
        Set(nameof(Machine.PreviousAccessedDate), machine.LastAccessedDate);
        Set(nameof(Machine.LastAccessedDate), machine.LastAccessedDate.AddDays(1));
        Set(nameof(Machine.RequestId), requestId);
        return machine;

        void Set(string name, object? value) => typeof(Machine).GetProperty(name)!.SetValue(machine, value);
    }
}
