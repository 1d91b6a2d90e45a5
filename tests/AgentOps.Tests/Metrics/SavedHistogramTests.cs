using AgentOps.Metrics;

namespace AgentOps.Tests.Metrics;

public sealed class SavedHistogramTests
{
    [Fact]
    public void A_saved_histogram_merges_as_the_one_that_was_saved()
    {
        TestSupport.TestSeed.Rounds(200, static random =>
        {
            var saved = new LatencyHistogram();
            var merged = new LatencyHistogram();
            var expected = new LatencyHistogram();
            for (int i = random.Next(60); i > 0; i--)
                saved.Record(random.NextInt64(1L << random.Next(1, 63)));
            for (int i = random.Next(20); i > 0; i--)
                merged.Record(random.NextInt64(1L << random.Next(1, 63)));
            expected.Merge(merged);
            expected.Merge(saved);

            merged.Merge(saved.Save());

            Assert.Equal(expected.Buckets, merged.Buckets);
            Assert.Equal((expected.Count, expected.Min, expected.Max, expected.Mean), (merged.Count, merged.Min, merged.Max, merged.Mean));
        });
    }

    [Fact]
    public void The_largest_duration_is_saved()
    {
        var largest = new LatencyHistogram();
        largest.Record(long.MaxValue);
        var merged = new LatencyHistogram();

        merged.Merge(largest.Save());

        Assert.Equal(largest.Max, merged.Max);
    }

    [Fact]
    public void Bytes_that_are_no_saved_histogram_are_refused()
    {
        var saved = new LatencyHistogram();
        saved.Record(1_000_000);
        byte[] bytes = saved.Save();

        for (int length = 1; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => new LatencyHistogram().Merge(bytes.AsSpan(0, length)));
        bytes[0] = 9;
        Assert.Throws<InvalidDataException>(() => new LatencyHistogram().Merge(bytes));
    }
}
