using AgentOps.Budgets;

namespace AgentOps.Tests.Budgets;

/// <summary>How often a call was made is exact for the latest calls, whoever else counts and whatever grows meanwhile.</summary>
public sealed class RepeatTableTests
{
    [Fact]
    public void Calls_of_several_threads_are_each_counted_once_while_the_table_grows()
    {
        const int Threads = 4;
        const int Calls = 20_000;
        var table = new RepeatTable();
        var highest = new long[Calls];

        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            for (int call = 0; call < Calls; call++)
            {
                long made = table.Count((ulong)call * 0x1_0000_0001);
                lock (highest)
                    highest[call] = Math.Max(highest[call], made);
            }
        });

        Assert.All(highest, static made => Assert.Equal(Threads, made));
        Assert.Equal((long)Threads * Calls, table.Total);
    }

    [Fact]
    public void The_total_tells_of_forgotten_calls_too_whoever_counts_while_they_are_forgotten()
    {
        const int Threads = 4;
        const int Calls = 3 * RepeatTable.MaxCalls;
        var table = new RepeatTable();

        // All go through the same calls, so that some are counted by one thread while others make them forgotten.
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            for (int call = 0; call < Calls; call++)
                table.Count((ulong)call * 0x1_0000_0001);
        });

        Assert.Equal((long)Threads * Calls, table.Total);
    }

    [Fact]
    public void Calls_whose_digests_end_alike_are_told_apart()
    {
        var table = new RepeatTable();
        for (ulong call = 0; call < 300; call++)
            Assert.Equal(1, table.Count(call << 32));
        for (ulong call = 0; call < 300; call++)
            Assert.Equal(2, table.Count(call << 32));
    }

    [Fact]
    public void A_call_that_goes_on_being_made_is_remembered_among_any_number_of_others()
    {
        var table = new RepeatTable();
        long made = 0;
        for (ulong other = 1; other <= 5 * RepeatTable.MaxCalls; other++)
        {
            table.Count(other * 0x9E37_79B9_7F4A_7C15);
            if (other % 1000 == 0)
                Assert.Equal(++made, table.Count(0));
        }
    }

    [Theory]
    [InlineData(RepeatTable.MaxCalls)]
    [InlineData(40_000)]
    [InlineData(33_000)]
    public void The_call_that_makes_others_forgotten_goes_on_being_counted(int calls)
    {
        var table = new RepeatTable();
        for (int round = 1; round <= 3; round++)
        {
            for (int call = 0; call < calls; call++)
                Assert.InRange(table.Count((ulong)call * 0x9E37_79B9_7F4A_7C15), 1, round);
            Assert.Equal((long)round * calls, table.Total);
        }
    }

    [Fact]
    public void The_oldest_of_as_many_calls_as_are_remembered_is_known_when_it_is_made_again()
    {
        var table = new RepeatTable();
        for (ulong call = 0; call < RepeatTable.MaxCalls; call++)
            table.Count(call);
        Assert.Equal(2, table.Count(0));
    }

    [Fact]
    public void A_call_that_was_not_made_for_long_is_forgotten()
    {
        var table = new RepeatTable();
        table.Count(0);
        for (ulong other = 1; other <= RepeatTable.MaxCalls + 2; other++)
            table.Count(other);
        Assert.Equal(1, table.Count(0));
    }
}
