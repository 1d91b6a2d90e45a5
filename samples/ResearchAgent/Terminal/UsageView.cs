using AgentOps.Metrics;
using AgentOps.Pricing;
using Spectre.Console;

namespace ResearchAgent.Terminal;

/// <summary>Tells what each model used and cost, and how much of that is not known.</summary>
internal sealed class UsageView(Screen screen)
{
    public void Show(SessionAnalytics analytics)
    {
        Table table = ColumnTable.Of("Model", "Provider", "Calls", "Input", "Cached", "Output", "Tokens/s", "Cost");
        foreach (ModelUsage model in analytics.Models)
        {
            table.AddRow(
                ColumnTable.Cell(model.Model), ColumnTable.Cell(model.Provider), ColumnTable.Number(model.Calls),
                ColumnTable.Number(model.Tokens.InputTokens), ColumnTable.Number(model.Tokens.CachedInputTokens), ColumnTable.Number(model.Tokens.OutputTokens),
                ColumnTable.Rate(model.TokensPerSecond), ColumnTable.Money(model.Cost.Known));
        }
        screen.Console.Write(table);
        screen.Line(TotalOf(analytics.Usage));
        foreach (ModelUsage model in analytics.Models.Where(static m => m.TimeToFirstToken.Count > 0))
        {
            screen.Line(
                $"[grey]{Markup.Escape(model.Model ?? "unknown")}: first token after {DurationText.Of(model.TimeToFirstToken.Quantile(0.5)!.Value)} (median of "
                + $"{Plural.Of((int)model.TimeToFirstToken.Count, "streamed call")})[/]");
        }
        foreach (UsageMismatch mismatch in analytics.UsageMismatches)
        {
            screen.Line(
                $"[yellow]{Markup.Escape(mismatch.Model ?? "A model call")} says {mismatch.Own.InputTokens}/{mismatch.Own.OutputTokens} tokens, "
                + $"the calls inside it {mismatch.Beneath.InputTokens}/{mismatch.Beneath.OutputTokens}; those were counted.[/]");
        }
    }

    internal static string TotalOf(UsageTotal usage)
    {
        CostTotal cost = usage.Cost;
        string known = $"Total {MoneyText.Of(cost.Known)} for {Plural.Of(cost.KnownCalls, "call")}";
        if (cost.UnknownCalls == 0)
            return known;
        string reasons = string.Join(", ", cost.Reasons.Where(static r => ReasonText(r.Key) is not null).Select(static r => $"{ReasonText(r.Key)}: {r.Value}"));
        string unknown = $"[yellow]the cost of {Plural.Of(cost.UnknownCalls, "call")} is unknown[/] ({reasons})";
        return cost.KnownCalls == 0 ? $"Total: {unknown}" : $"{known}; {unknown}";
    }

    private static string? ReasonText(CostReason reason) => reason switch
    {
        CostReason.UnknownModel => "no price for the model",
        CostReason.UnknownUsage => "tokens not known",
        CostReason.UnknownServiceTier => "no price for the service tier",
        _ => null,
    };
}
