using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Calls.BaseCallFix>;

namespace AgentOps.CodeFixes.Tests.Calls;

/// <summary>AOPS0202: what a base call runs is moved to a method of its own.</summary>
public sealed class BaseCallFixTests
{
    private const string Use =
        """

        public static class Program
        {
            public static Session Run()
            {
                using var session = Session.Start();
                new Base().Do(1);
                new Derived().Do(2);
                return session;
            }
        }
        """;

    [Fact]
    public async Task Work_moves_to_a_method_of_its_own_as_it_is_written()
    {
        string mended = await Verify.MendAsync(RuleIds.BaseCall,
            """
            public class Base
            {
                /// <summary>Does it.</summary>
                [RecordTool]
                public virtual int Do(int n) // does
                {
                    #region work
                    return n + 1; // more
                    #endregion
                }
            }
            public class Derived : Base
            {
                public override int Do(int n) => base.Do(n) * 2; // twice
            }
            """ + Use);

        Assert.Equal(
            """
            public class Base
            {
                /// <summary>Does it.</summary>
                [DoNotRecord]
                [RecordTool]
                public virtual int Do(int n) => DoCore(n);

                [RecordTool("Do")]
                internal int DoCore(int n) // does
                {
                    #region work
                    return n + 1; // more
                    #endregion
                }
            }
            public class Derived : Base
            {
                public override int Do(int n) => DoCore(n) * 2; // twice
            }
            """ + Use, mended);
    }

    [Fact]
    public async Task Each_call_is_recorded_once_and_the_work_of_the_base_below_the_override()
    {
        string mended = await Verify.MendAsync(RuleIds.BaseCall,
            """
            public class Base { [RecordTool("work", Leaf = false)] public virtual int Do(int n) => n + 1; }
            public class Derived : Base { public override int Do(int n) => base.Do(n) * 2; }
            """ + Use);

        Session session = await GeneratedProgram.Create(mended).RunAsync<Session>();

        ToolEvent[] calls = [.. session.ReadEvents().OfType<ToolEvent>()];
        Assert.Equal(["work(1)=2", "work(2)=6", "work(2)=3"], calls.Select(static c => $"{c.DisplayName}({c.Params[0].Value})={c.Returns}"));
        Assert.Equal(calls[1].Id, calls[2].ParentId);
    }

    [Fact]
    public async Task Asynchronous_generic_and_by_reference_signatures_stay()
    {
        string mended = await Verify.MendAsync(RuleIds.BaseCall,
            """
            public class Base
            {
                [RecordAction] public virtual async Task<T> Do<T>(T item, int more = 1) where T : class { await Task.Yield(); return item; }
            }
            public class Derived : Base { public override Task<T> Do<T>(T item, int more) => base.Do(item, more); }
            """);

        Assert.Contains(
            """
                [DoNotRecord]
                [RecordAction] public virtual Task<T> Do<T>(T item, int more = 1) where T : class => DoCore<T>(item, more);

                [RecordAction("Do")]
                internal async Task<T> DoCore<T>(T item, int more = 1) where T : class { await Task.Yield(); return item; }
            """, mended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_by_reference_are_passed_on() => Assert.Contains(
        "public virtual void Do(ref int a, out int b, in int c) => DoCore(ref a, out b, in c);",
        await Verify.MendAsync(RuleIds.BaseCall,
            """
            public class Base { [RecordTool] public virtual void Do(ref int a, out int b, in int c) { b = a + c; } }
            public class Derived : Base { public override void Do(ref int a, out int b, in int c) => base.Do(ref a, out b, in c); }
            """),
        StringComparison.Ordinal);

    [Fact]
    public async Task Base_in_another_project_is_opened_to_those_who_derive_and_the_title_says_so()
    {
        (string, string)[] library = [("/l/Base.cs", "public class Base { [RecordTool] public virtual int Do() => 1; }")];
        using Support.EditedSolution edited = Support.EditedSolution.Of(library).Referencing("App", ("/a/Derived.cs", "public class Derived : Base { [RecordTool] public override int Do() => base.Do(); }"));
        var diagnostic = Assert.Single(await Support.EditedSolution.DiagnosticsAsync<CallSiteAnalyzer>(edited.Document("Derived.cs").Project, RuleIds.BaseCall));

        var action = Assert.Single(await edited.OfferedAsync<CodeFixes.Calls.BaseCallFix>(diagnostic));

        Assert.Equal("Move the work of 'Do' in 'Base' to 'DoCore', and call that (public API)", action.Title);
        Assert.Contains("protected int DoCore() => 1;", await edited.TextAsync(await Support.EditedSolution.ChangedAsync(action), "Base.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Base_call_of_what_nobody_overrides_loses_the_word() => Assert.Contains(
        "public int More() => this.Other() /* why */ + 1;",
        await Verify.MendAsync(RuleIds.BaseCall,
            """
            public class Base { [RecordTool] public int Other() => 2; }
            public class Derived : Base { public int More() => base.Other() /* why */ + 1; }
            """),
        StringComparison.Ordinal);

    [Fact]
    public async Task Base_call_of_what_is_hidden_is_left_alone() => Assert.Empty(await Verify.OfferedAsync(RuleIds.BaseCall,
        """
        public class Base { [RecordTool] public int Other() => 2; }
        public class Derived : Base { public new int Other() => base.Other() + 1; }
        """));

    [Fact]
    public async Task Names_that_are_taken_are_not_taken_again() => Assert.Contains(
        "internal int DoCore2() => 1;",
        await Verify.MendAsync(RuleIds.BaseCall,
            """
            public class Base { [RecordTool] public virtual int Do() => 1; public int DoCore => 3; }
            public class Derived : Base { public override int Do() => base.Do() + DoCore; }
            """),
        StringComparison.Ordinal);

    [Fact]
    public async Task Base_that_is_split_already_is_not_split_again()
    {
        const string Base = "public class Base { [DoNotRecord] [RecordTool] public virtual int Do(int n) => DoCore(n); [RecordTool(\"Do\")] internal int DoCore(int n) => n; }\n";

        Assert.Equal(
            Base + "public class Derived : Base { public override int Do(int n) => DoCore(n) + 1; }",
            await Verify.MendAsync(RuleIds.BaseCall, Base + "public class Derived : Base { public override int Do(int n) => base.Do(n) + 1; }"));
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_split_and_each_base_once(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.BaseCall, scope,
        """
        public class BaseNAME { [RecordTool] public virtual int Do() => 1; [RecordTool] public virtual int Go() => 1; }
        public class FirstNAME : BaseNAME { public override int Do() => base.Do() + base.Go(); }
        public class SecondNAME : BaseNAME { public override int Do() => base.Do(); public override int Go() => base.Go(); }
        """));
}
