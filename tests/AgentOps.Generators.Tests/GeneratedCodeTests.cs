namespace AgentOps.Generators.Tests;

/// <summary>Declarations whose generated code could fail to compile, or read another member than it means.</summary>
public sealed class GeneratedCodeTests
{
    [Fact]
    public async Task Property_of_two_base_interfaces_is_read_once()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public interface IA { string Name { get; } }
            public interface IB { string Name { get; } }
            public interface IAB : IA, IB { int Size { get; } }
            public sealed class Both : IAB { public string Name => "n"; public int Size => 1; }
            public static class Tools { [RecordTool] public static void Take(IAB value) { } }
            """,
            "Tools.Take(new Both());");

        Assert.Contains("""
            "Name":"n"
            """, run.Call.Arguments(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public new string Name() => \"method\";")]
    [InlineData("public static new string Name => \"static\";")]
    [InlineData("private new sealed class Name;")]
    public async Task Base_property_is_read_where_a_derived_member_hides_it(string hiding)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public class Base { public string Name => "base"; }
            public sealed class Derived : Base { {{hiding}} public int Size => 1; }
            public static class Tools { [RecordTool] public static void Take(Derived value) { } }
            """,
            "Tools.Take(new Derived());");

        Assert.Equal("""value={"Name":"base","Size":1}""", run.Call.Arguments());
    }
}
