using AgentOps.CodeFixes.Editing;
using AgentOps.CodeFixes.Tests.Support;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Tests.Editing;

/// <summary>Changes of several mends are made together unless they are at odds.</summary>
public sealed class EditSetTests
{
    [Fact]
    public async Task Changes_are_made_each_once_and_in_their_order()
    {
        using EditedSolution edited = EditedSolution.Of(("/a/A.cs", "class A;"));
        SourceDocument source = (await SourceDocument.OfAsync(edited.Document("A.cs"), TestContext.Current.CancellationToken))!;
        var one = new EditSet();
        one.Insert(source, 6, "X");
        one.Insert(source, 0, "internal ");
        one.Insert(source, 0, "sealed ");
        var other = new EditSet();
        other.Insert(source, 0, "internal ");
        other.Insert(source, 0, "sealed ");
        other.Replace(source, new TextSpan(7, 1), " { }");

        Assert.True(one.TryAdd(other));

        Assert.Equal("internal sealed class XA { }", await edited.TextAsync(await one.ApplyToAsync(edited.Solution, TestContext.Current.CancellationToken), "A.cs"));
        Assert.Equal(new TextSpan(23, 1), one.Moved(source.Id, new TextSpan(6, 1)));
    }

    [Fact]
    public async Task Changes_at_odds_are_refused_and_leave_nothing()
    {
        using EditedSolution edited = EditedSolution.Of(("/a/A.cs", "class A;"));
        SourceDocument source = (await SourceDocument.OfAsync(edited.Document("A.cs"), TestContext.Current.CancellationToken))!;
        var one = new EditSet();
        one.Replace(source, new TextSpan(0, 5), "struct");
        one.Insert(source, 6, "X");
        var overlapping = new EditSet();
        overlapping.Insert(source, 8, " ");
        overlapping.Replace(source, new TextSpan(2, 5), "");
        var inserting = new EditSet();
        inserting.Insert(source, 6, "Y");

        Assert.False(one.TryAdd(overlapping));
        Assert.False(one.TryAdd(inserting));
        Assert.Equal("struct XA;", await edited.TextAsync(await one.ApplyToAsync(edited.Solution, TestContext.Current.CancellationToken), "A.cs"));
    }
}
