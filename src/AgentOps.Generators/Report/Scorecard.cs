using System.Globalization;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;

namespace AgentOps.Generators.Report;

/// <summary>The one line that a build says: how many calls are recorded, and of which kinds those are that are not.</summary>
internal static class Scorecard
{
    public static string Line(string project, IReadOnlyCollection<CallFact> facts)
    {
        int recorded = Count(facts, RefusalReason.None);
        int optedOut = Count(facts, RefusalReason.OptedOut);
        int all = facts.Count - optedOut;
        string line = $"AgentOps: recorded {Number(recorded)} of {Plural(all, "call", "calls")} in {project}";
        if (recorded < all)
            line += $"; {Number(all - recorded)} not: {string.Join(", ", Refusals(facts))}";
        return optedOut == 0 ? line : $"{line}; {Number(optedOut)} left out by [DoNotRecord]";
    }

    private static IEnumerable<string> Refusals(IReadOnlyCollection<CallFact> facts) => facts
        .Where(static fact => fact.Outcome is not (RefusalReason.None or RefusalReason.OptedOut))
        .GroupBy(static fact => fact.Outcome)
        .OrderByDescending(static reason => reason.Count())
        .ThenBy(static reason => reason.Key)
        .Select(static reason => $"{Describe(reason.Key, reason.Count())} ({RuleDescriptors.For(reason.Key).Id})");

    private static string Describe(RefusalReason reason, int count) => reason switch
    {
        RefusalReason.UnnameableType => Plural(count, "hidden type", "hidden types"),
        RefusalReason.InaccessibleMethod => Plural(count, "private method", "private methods"),
        RefusalReason.UnsupportedSignature => Plural(count, "unsupported signature", "unsupported signatures"),
        RefusalReason.ExtensionBlock => Plural(count, "extension block", "extension blocks"),
        RefusalReason.MethodGroup => Plural(count, "method group", "method groups"),
        RefusalReason.BaseCall => Plural(count, "base call", "base calls"),
        RefusalReason.TypeParameterReceiver => Plural(count, "type parameter", "type parameters"),
        RefusalReason.GenericRecursion => Plural(count, "generic recursion", "generic recursions"),
        RefusalReason.Dynamic => Plural(count, "dynamic call", "dynamic calls"),
        RefusalReason.ExpressionTree => Plural(count, "expression tree", "expression trees"),
        RefusalReason.NotAnOrdinaryMethod => Plural(count, "local function", "local functions"),
        RefusalReason.UnsupportedSyntax => Plural(count, "call the compiler makes", "calls the compiler makes"),
        RefusalReason.DuplicateContent => Plural(count, "call in a duplicate file", "calls in duplicate files"),
        _ => Plural(count, "call", "calls"),
    };

    private static int Count(IReadOnlyCollection<CallFact> facts, RefusalReason outcome) => facts.Count(fact => fact.Outcome == outcome);

    private static string Plural(int count, string one, string many) => Number(count) + " " + (count == 1 ? one : many);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
