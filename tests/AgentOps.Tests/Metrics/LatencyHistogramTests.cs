using AgentOps.Metrics;

namespace AgentOps.Tests.Metrics;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Quantiles_are_within_five_percent_of_the_exact_ones()
    {
        TestSeed.Rounds(200, random =>
        {
            var histogram = new LatencyHistogram();
            // Spread over the magnitudes from 100 ns to a quarter of an hour.
            long[] values = [.. Enumerable.Range(0, random.Next(1, 2_000)).Select(_ => (long)(100 * Math.Pow(10, random.NextDouble() * 10)))];
            foreach (long value in values)
                histogram.Record(value);
            Array.Sort(values);

            foreach (double share in (double[])[0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1])
            {
                double exact = values[Math.Max(0, (int)Math.Ceiling(share * values.Length) - 1)];
                double found = histogram.Quantile(share)!.Value.TotalNanoseconds;
                // A tick is 100 ns, of which half may be lost to rounding.
                Assert.True(Math.Abs(found - exact) <= (exact * 0.05) + 50, $"p{share * 100}: {found} instead of {exact}");
            }
        });
    }

    [Fact]
    public void Merging_is_counting_in_one()
    {
        TestSeed.Rounds(100, random =>
        {
            var all = new LatencyHistogram();
            var merged = new LatencyHistogram();
            for (int part = 0; part < 5; part++)
            {
                var own = new LatencyHistogram();
                for (int i = random.Next(50); i > 0; i--)
                {
                    long value = random.NextInt64(1L << random.Next(1, 62));
                    own.Record(value);
                    all.Record(value);
                }
                merged.Merge(own);
            }

            Assert.Equal(all.Buckets, merged.Buckets);
            Assert.Equal((all.Count, all.Min, all.Max, all.Mean), (merged.Count, merged.Min, merged.Max, merged.Mean));
        });
    }

    [Fact]
    public void Every_duration_lies_in_its_bucket_and_buckets_lie_side_by_side()
    {
        TestSeed.Rounds(10_000, static random =>
        {
            long value = random.NextInt64(long.MaxValue) >> random.Next(63);
            int bucket = LatencyHistogram.BucketOf(value);
            long lower = LatencyHistogram.LowerBoundOf(bucket);

            Assert.InRange(value, lower, lower + (LatencyHistogram.WidthOf(bucket) - 1));
        });
        for (int bucket = 0; bucket < LatencyHistogram.BucketOf(long.MaxValue); bucket++)
            Assert.Equal(LatencyHistogram.LowerBoundOf(bucket) + LatencyHistogram.WidthOf(bucket), LatencyHistogram.LowerBoundOf(bucket + 1));
    }

    [Fact]
    public void An_empty_one_knows_nothing()
    {
        var histogram = new LatencyHistogram();

        Assert.Equal((0L, null, null, null, null), (histogram.Count, histogram.Min, histogram.Max, histogram.Mean, histogram.Quantile(0.5)));
        Assert.Empty(histogram.Buckets);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_share_beyond_all_is_refused(double share) =>
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => new LatencyHistogram().Quantile(share)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_longest_and_the_impossible_are_counted_without_harm()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(long.MaxValue);
        histogram.Record(long.MaxValue);
        histogram.Record(TimeSpan.MaxValue);
        histogram.Record(-5);

        Assert.Equal(4, histogram.Count);
        Assert.Equal(TimeSpan.Zero, histogram.Min);
        Assert.Equal(long.MaxValue / 100, histogram.Max!.Value.Ticks);
    }
}
