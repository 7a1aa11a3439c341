using System.Globalization;
using System.Text;
using Repository.Domain.Encoding;

namespace Repository.Api.Tests.Domain;

/// <summary>Date-times of RFC 3339 with any offset and any fraction.</summary>
public sealed class OffsetDatesTests
{
    [Theory]
    [InlineData("2026-11-21T19:19:00Z", "2026-11-21T19:19:00.0000000Z")]
    [InlineData("2026-11-21t19:19:00z", "2026-11-21T19:19:00.0000000Z")]
    [InlineData("2026-11-21T19:19:00+00:00", "2026-11-21T19:19:00.0000000Z")]
    [InlineData("2026-11-21T19:19:00-00:00", "2026-11-21T19:19:00.0000000Z")]
    [InlineData("2026-11-21T00:19:00+05:45", "2026-11-20T18:34:00.0000000Z")]
    [InlineData("2026-12-31T20:19:00-08:00", "2027-01-01T04:19:00.0000000Z")]
    [InlineData("2026-11-21T19:19:00+23:59", "2026-11-20T19:20:00.0000000Z")]
    [InlineData("2028-02-29T00:00:00-23:59", "2028-02-29T23:59:00.0000000Z")]
    [InlineData("2026-11-21T19:19:00.1Z", "2026-11-21T19:19:00.1000000Z")]
    [InlineData("2026-11-21T19:19:00.1234567+01:00", "2026-11-21T18:19:00.1234567Z")]
    [InlineData("2026-11-21T19:19:00.12345670000Z", "2026-11-21T19:19:00.1234567Z")]
    [InlineData("2026-11-21T19:19:00.12345671Z", "2026-11-21T19:19:00.1234568Z")]
    [InlineData("2026-11-21T19:19:00.000000000000000001Z", "2026-11-21T19:19:00.0000001Z")]
    [InlineData("2026-12-31T23:59:59.99999991Z", "2027-01-01T00:00:00.0000000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("2016-12-31T23:59:60.25Z", "2017-01-01T00:00:00.2500000Z")]
    [InlineData("2016-12-31T15:59:60-08:00", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("2017-01-01T05:29:60+05:30", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("0001-01-01T01:00:00+01:00", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    public void A_date_is_a_point_in_utc_rounded_up(string text, string expected)
    {
        Assert.True(Rfc3339OffsetDate.TryParse(Encoding.UTF8.GetBytes(text), out var date));
        Assert.Equal(expected, Rfc3339Date.Spell(date));
        Assert.Equal(TimeSpan.Zero, date.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2026-11-21T19:19:00")]
    [InlineData("2026-11-21T19:19Z")]
    [InlineData("2026-11-21 19:19:00Z")]
    [InlineData(" 2026-11-21T19:19:00Z")]
    [InlineData("2026-11-21T19:19:00Z ")]
    [InlineData("2026-11-21T19:19:00 Z")]
    [InlineData("2026-11-21T19:19:00Z+00:00")]
    [InlineData("2026-11-21T19:19:00.Z")]
    [InlineData("2026-11-21T19:19:00,5Z")]
    [InlineData("2026-11-21T19:19:00.5.5Z")]
    [InlineData("2026-11-21T19:19:00.5")]
    [InlineData("2026-11-21T19:19:00.-5Z")]
    [InlineData("2026-11-21T19:19:00+0100")]
    [InlineData("2026-11-21T19:19:00+01")]
    [InlineData("2026-11-21T19:19:00+1:00")]
    [InlineData("2026-11-21T19:19:00+24:00")]
    [InlineData("2026-11-21T19:19:00+01:60")]
    [InlineData("2026-11-21T19:19:00*01:00")]
    [InlineData("2026-11-21T24:00:00Z")]
    [InlineData("2026-11-21T19:60:00Z")]
    [InlineData("2026-11-21T19:19:60Z")]
    [InlineData("2026-11-21T23:59:61Z")]
    [InlineData("2016-12-31T23:59:60+01:00")]
    [InlineData("2026-11-21T19:19:0aZ")]
    [InlineData("2026-11-21T19:19:+1Z")]
    [InlineData("2026-11-21T19-19:00Z")]
    [InlineData("2026-11-21T19:19-00Z")]
    [InlineData("2026-00-21T19:19:00Z")]
    [InlineData("2026-13-21T19:19:00Z")]
    [InlineData("2026-11-00T19:19:00Z")]
    [InlineData("2026-11-31T19:19:00Z")]
    [InlineData("2026-02-29T19:19:00Z")]
    [InlineData("2100-02-29T19:19:00Z")]
    [InlineData("26-11-21T19:19:00Z")]
    [InlineData("+2026-11-21T19:19:00Z")]
    [InlineData("0000-12-31T23:59:59Z")]
    [InlineData("0000-12-31T23:59:59-01:00")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:00-00:01")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("9999-12-31T23:59:59.99999991Z")]
    [InlineData("٢٠٢٦-11-21T19:19:00Z")]
    public void Anything_else_is_none(string text) => Assert.False(Rfc3339OffsetDate.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Every_date_cut_short_is_none()
    {
        var text = "2026-11-21T19:19:00.1234567+01:00"u8.ToArray();

        Assert.All(Enumerable.Range(0, text.Length), length => Assert.False(Rfc3339OffsetDate.TryParse(text.AsSpan(0, length), out _)));
    }

    [Fact]
    public void Random_dates_are_those_of_the_base_library()
    {
        var dice = new Dice();
        for (var i = 0; i < 10_000; i++)
        {
            var date = new DateTimeOffset((long)(dice.NextBits() % (ulong)DateTime.MaxValue.AddDays(-4).Ticks), TimeSpan.Zero).AddDays(2)
                .ToOffset(TimeSpan.FromMinutes(dice.Next(1681) - 840));
            var text = date.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);

            Assert.True(Rfc3339OffsetDate.TryParse(Encoding.UTF8.GetBytes(text), out var parsed) && parsed == date, text);
        }
    }

    [Fact]
    public void A_fraction_may_have_any_number_of_digits()
    {
        Assert.True(Rfc3339OffsetDate.TryParse(Encoding.UTF8.GetBytes($"2026-11-21T19:19:00.{new string('0', 60_000)}1Z"), out var date));
        Assert.Equal("2026-11-21T19:19:00.0000001Z", Rfc3339Date.Spell(date));
    }
}
