using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Functions that are made for a framework: their factory is intercepted and what it makes records.</summary>
public sealed class AdapterTests
{
    private const string Usings =
        """
        using Microsoft.Extensions.AI;
        using System.ComponentModel;
        using System.Text.Json;

        """;

    private const string Weather =
        """
        public sealed class Tools
        {
            [Description("Tells the weather.")]
            public async Task<string> GetWeather(string city, int days = 1) { await Task.Yield(); return $"{city}:{days}"; }
        }
        """;

    [Theory]
    [InlineData("AIFunctionFactory.Create(new Tools().GetWeather)", "GetWeather")]
    [InlineData("AIFunctionFactory.Create(new Tools().GetWeather, \"weather\", \"d\")", "weather")]
    [InlineData("AIFunctionFactory.Create(new Tools().GetWeather, new AIFunctionFactoryOptions { Name = \"weather\" })", "weather")]
    [InlineData("AIFunctionFactory.Create((string city, int days) => city + \":\" + days, name: \"lambda\")", "lambda")]
    [InlineData("AIFunctionFactory.Create((Delegate)new Tools().GetWeather, (string?)null)", "GetWeather")]
    [InlineData("AIFunctionFactory.Create(typeof(Tools).GetMethod(\"GetWeather\")!, new Tools())", "GetWeather")]
    [InlineData("AIFunctionFactory.Create(typeof(Tools).GetMethod(\"GetWeather\")!, new Tools(), new AIFunctionFactoryOptions())", "GetWeather")]
    [InlineData("AIFunctionFactory.Create(typeof(Tools).GetMethod(\"GetWeather\")!, _ => new Tools())", "GetWeather")]
    [InlineData("Factory.Create(new Tools().GetWeather)", "GetWeather")]
    [InlineData("Create(new Tools().GetWeather)", "GetWeather")]
    public async Task Function_is_recorded_as_a_tool_by_its_name(string make, string name)
    {
        RecordedRun run = await RecordedRun.Of(
            "using Factory = Microsoft.Extensions.AI.AIFunctionFactory;\nusing static Microsoft.Extensions.AI.AIFunctionFactory;\n" + Usings + Weather,
            $$"""
            AIFunction f = {{make}};
            object? result = await f.InvokeAsync(new AIFunctionArguments { ["city"] = "Lisbon", ["days"] = JsonSerializer.SerializeToElement(2) });
            Check.That(result!.ToString() == "Lisbon:2");
            """);

        Assert.Equal((name, "city=\"Lisbon\", days=2", "\"Lisbon:2\""), (run.Call.DisplayName, run.Call.Arguments(), run.Call.Returns?.ToString()));
        Assert.IsType<ToolEvent>(run.Call);
    }

    [Fact]
    public async Task Name_description_and_schema_are_kept()
    {
        await RecordedRun.Of(
            Usings + Weather,
            """
            Delegate d = new Tools().GetWeather;
            AIFunction recorded = AIFunctionFactory.Create(d, "n");
            AIFunction plain = (AIFunction)typeof(AIFunctionFactory).GetMethods().Single(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.Name: "Delegate" }, { Name: "name" }, ..])
                .Invoke(null, [d, "n", null, null])!;
            Check.That(recorded.GetType() != plain.GetType());
            Check.That(recorded.Name == "n" && recorded.Description == "Tells the weather.");
            Check.That(recorded.JsonSchema.ToString() == plain.JsonSchema.ToString() && recorded.ReturnJsonSchema.ToString() == plain.ReturnJsonSchema.ToString());
            Check.That(recorded.UnderlyingMethod == plain.UnderlyingMethod && recorded.JsonSerializerOptions == plain.JsonSerializerOptions);
            """);
    }

    [Fact]
    public async Task Arguments_that_are_left_out_are_not_made_up()
    {
        RecordedRun run = await RecordedRun.Of(
            Usings + Weather,
            "await AIFunctionFactory.Create(new Tools().GetWeather).InvokeAsync(new() { [\"city\"] = \"Rome\" });");

        Assert.Equal("city=\"Rome\"", run.Call.Arguments());
    }

    [Fact]
    public async Task Failure_and_cancellation_are_recorded_and_reach_the_caller()
    {
        RecordedRun run = await RecordedRun.Of(
            Usings,
            """
            var failure = new FormatException("no");
            AIFunction fails = AIFunctionFactory.Create(string () => throw failure, "fails");
            AIFunction stops = AIFunctionFactory.Create(async (CancellationToken token) => await Task.Delay(-1, token), "stops");
            try { await fails.InvokeAsync(); Check.That(false); } catch (FormatException e) { Check.That(ReferenceEquals(e, failure)); }
            using var source = new CancellationTokenSource();
            ValueTask<object?> pending = stops.InvokeAsync(cancellationToken: source.Token);
            source.Cancel();
            try { await pending; Check.That(false); } catch (OperationCanceledException) { }
            """);

        Assert.Equal((EventStatus.Error, EventStatus.Cancelled), (run.Named("fails").Status, run.Named("stops").Status));
        Assert.Equal("System.FormatException", Assert.Single(run.Errors).ErrorType);
    }

    [Fact]
    public async Task Redacted_parameters_and_results_are_not_written()
    {
        RecordedRun run = await RecordedRun.Of(
            Usings + "public static class T { [return: Redact] public static string Login(string user, [Redact] string pin) => pin; }",
            "await AIFunctionFactory.Create(T.Login).InvokeAsync(new() { [\"user\"] = \"u\", [\"pin\"] = \"1234\" });");

        Assert.DoesNotContain("1234", run.Call.Arguments() + run.Call.Returns, StringComparison.Ordinal);
        Assert.StartsWith("user=\"u\"", run.Call.Arguments(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_function_calls_hangs_below_it()
    {
        RecordedRun run = await RecordedRun.Of(
            Usings + "public static class T { [RecordAction(\"inner\")] public static int Inner() => 1; public static int Outer() { int one = Inner(); return one + 1; } }",
            "await AIFunctionFactory.Create(T.Outer).InvokeAsync();");

        Assert.Equal(run.Named("Outer").Id, run.Named("inner").ParentId);
    }

    [Fact]
    public async Task Function_made_many_times_over_is_one_site()
    {
        RecordedRun run = await RecordedRun.Of(
            Usings,
            "for (int i = 0; i < 3; i++) await AIFunctionFactory.Create((int n) => n, \"same\").InvokeAsync(new() { [\"n\"] = i });");

        Assert.Equal(["n=0", "n=1", "n=2"], run.Events.OfType<ToolEvent>().Select(static e => e.Arguments()));
        Assert.Single(run.Events.OfType<ToolEvent>().Select(static e => e.Site).Distinct());
    }

    [Fact]
    public async Task Function_runs_unrecorded_outside_a_session()
    {
        RecordedRun run = await RecordedRun.Of(
            Usings,
            "AIFunction f = AIFunctionFactory.Create(() => 1, \"one\"); session.End(); Check.That((await f.InvokeAsync())!.ToString() == \"1\");");

        Assert.DoesNotContain(run.Events, static e => e is ToolEvent);
    }
}
