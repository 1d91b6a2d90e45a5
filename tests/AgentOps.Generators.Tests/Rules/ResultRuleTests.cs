using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests.Rules;

/// <summary>AOPS0209 and AOPS0210: tasks and streams of recorded calls that are dropped, and value tasks that are awaited twice.</summary>
public sealed class ResultRuleTests
{
    private const string Tools =
        """
        public interface ITool { [RecordTool] Task AskAsync(); }
        public static class Tools
        {
            [RecordTool] public static Task<int> SearchAsync(int n) => Task.FromResult(n);
            [RecordTool] public static ValueTask<int> LoadAsync(int n) => new(n);
            [RecordTool] public static IAsyncEnumerable<int> StreamAsync() => null!;
            [RecordTool] public static IEnumerable<int> Lazy() { yield return 1; }
            [RecordTool] public static int Now(int n) => n;
            [RecordTool] public static T Checked<T>(T value) => value;
            public static Task PlainAsync() => Task.CompletedTask;
            public static Task<T> Pass<T>(Task<T> task) => task;
        }

        """;

    [Fact]
    public Task Task_that_is_dropped_is_reported() => Verify(
        RuleIds.TaskNotAwaited,
        """
        public static class Use
        {
            public static void Sync(ITool? tool, List<int> items)
            {
                Tools.[|SearchAsync|](1);
                Tools.[|LoadAsync|](1);
                Tools.[|SearchAsync|](2).ConfigureAwait(false);
                tool?.[|AskAsync|]();
                items.ForEach(n => Tools.[|SearchAsync|](n));
                Action later = () => Tools.[|SearchAsync|](3);
                Task<int> never = Tools.[|SearchAsync|](4);
                later();
            }
            public static async Task Async() { Tools.[|SearchAsync|](1); await Task.Yield(); }
            public static async Task Scopes()
            {
                { Task<int> task = Tools.[|SearchAsync|](1); }
                { Task<int> task = Tools.SearchAsync(2); await task; }
            }
        }
        """);

    [Fact]
    public Task Task_that_goes_anywhere_is_left_alone() => Verify(
        RuleIds.TaskNotAwaited,
        """
        public static class Use
        {
            private static Task<int>? s_task;
            public static Task<int> Passed() => Tools.SearchAsync(1);
            public static async Task<int> Async(ITool tool)
            {
                _ = Tools.SearchAsync(1);
                await tool.AskAsync().ConfigureAwait(false);
                Task<int> one = Tools.SearchAsync(2), two = Tools.SearchAsync(3);
                await Task.WhenAll(one, Tools.Pass(two), Task.Run(() => Tools.SearchAsync(4)));
                s_task = Tools.SearchAsync(5);
                using Task<int> disposed = Tools.SearchAsync(6);
                int value = Tools.SearchAsync(7).Result + Tools.SearchAsync(8).GetAwaiter().GetResult();
                Tools.SearchAsync(9).Wait();
                Tools.PlainAsync();
                Tools.Now(1);
                Func<Task<int>> later = () => Tools.SearchAsync(10);
                return await (value > 1 ? Tools.SearchAsync(11) : one) + await later();
            }
            [DoNotRecord] public static void LeftOut() { Tools.SearchAsync(1); }
            public static async Task Sections(int n)
            {
                switch (n)
                {
                    case 1: Task<int> shared = Tools.SearchAsync(1); goto case 2;
                    case 2: shared = Tools.SearchAsync(2); await shared; break;
                }
            }
        }
        """);

    [Fact]
    public Task Task_of_a_method_that_records_in_its_body_is_reported_too() => AnalyzerVerifier.VerifyAsync(
        AllAnalyzers.Create(),
        RuleIds.TaskNotAwaited,
        [("/project/Program.cs", """
        public static partial class Own
        {
            [RecordTool] public static partial Task WorkAsync();
            private static Task WorkAsyncCore() => Task.CompletedTask;
            public static void Use() { [|WorkAsync|](); }
        }
        """)],
        change: GeneratedProgram.WithGenerated);

    [Fact]
    public Task Value_task_that_is_awaited_twice_is_reported_at_the_second_time() => Verify(
        RuleIds.TaskNotAwaited,
        """
        public static class Use
        {
            public static async Task<int> Twice()
            {
                ValueTask<int> task = Tools.LoadAsync(1);
                int first = await task;
                return first + await [|task|];
            }
            public static async Task<int> Otherwise()
            {
                var task = Tools.LoadAsync(1);
                Task<int> kept = task.AsTask();
                return await kept + await [|task|].ConfigureAwait(false) + await task;
            }
        }
        """);

    [Fact]
    public Task Value_task_that_may_be_awaited_once_only_is_left_alone() => Verify(
        RuleIds.TaskNotAwaited,
        """
        public static class Use
        {
            public static async Task<int> Branches(bool flag)
            {
                ValueTask<int> task = Tools.LoadAsync(1);
                if (flag)
                    return await task;
                return await task;
            }
            public static async Task<int> Conditions(bool flag)
            {
                ValueTask<int> task = Tools.LoadAsync(1);
                return task.IsCompleted ? task.Result : flag ? await task : await task;
            }
            public static async Task<int> Again()
            {
                ValueTask<int> task = Tools.LoadAsync(1);
                int first = await task;
                task = Tools.LoadAsync(2);
                return first + await task;
            }
            public static async Task<int> AsTask()
            {
                Task<int> task = Tools.LoadAsync(1).AsTask();
                return await task + await task;
            }
            public static async Task<int> Tasks()
            {
                Task<int> task = Tools.SearchAsync(1);
                return await task + await task;
            }
            public static async Task<int> Scopes()
            {
                { ValueTask<int> task = Tools.LoadAsync(1); await task; }
                { ValueTask<int> task = Tools.LoadAsync(1); return await task; }
            }
        }
        """);

    [Fact]
    public Task Stream_that_is_never_read_is_reported() => Verify(
        RuleIds.StreamNotRead,
        """
        public static class Use
        {
            public static async Task Drop()
            {
                Tools.[|StreamAsync|]();
                var never = Tools.[|StreamAsync|]().ConfigureAwait(false);
                await foreach (int n in Tools.StreamAsync()) { }
                IAsyncEnumerable<int> read = Tools.StreamAsync();
                await foreach (int n in read.ConfigureAwait(false)) { }
                Tools.Lazy();
                _ = Tools.StreamAsync();
            }
            public static IAsyncEnumerable<int> Passed() => Tools.StreamAsync();
        }
        """);

    [Theory]
    [InlineData(RuleIds.StreamNotRead, "IAsyncEnumerable<int>")]
    [InlineData(RuleIds.TaskNotAwaited, "Task<int>")]
    public Task What_comes_back_as_a_type_parameter_is_somebody_elses(string ruleId, string type) => Verify(
        ruleId,
        $$"""
        public static class Use { public static {{type}} Pass({{type}} given) { Tools.Checked(given); return given; } }
        """);

    private static Task Verify(string ruleId, string markup) => AnalyzerVerifier.VerifyAllAsync(ruleId, Tools + markup);
}
