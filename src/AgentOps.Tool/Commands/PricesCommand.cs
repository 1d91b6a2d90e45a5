using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AgentOps.Pricing;
using AgentOps.Tool.Json;
using AgentOps.Tool.Prices;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Commands;

/// <summary><c>prices</c>: what models cost, and which entry a name leads to.</summary>
internal sealed class PricesCommand : ToolCommand
{
    protected override Command Create()
    {
        var command = new Command("prices", "Show the price table: list it, search it, or ask which entry a model's name leads to.");
        command.Add(CreateList());
        command.Add(CreateSearch());
        command.Add(CreateResolve());
        return command;
    }

    private Command CreateList()
    {
        var provider = new Option<string?>("--provider", "-p") { Description = "Only of this provider.", HelpName = "name" };
        provider.CompletionSources.Add(static _ => PriceTable.BuiltIn.Prices.Select(static price => price.Provider).Distinct());
        var command = new Command("list", "List all prices, those that count first.");
        command.Add(provider);
        return Does(command, run =>
        {
            PriceTable table = PriceTable.Default;
            if (run.Get(provider) is not { } wanted)
                return List(run, table, table.Prices);
            ModelPrice[] found = [.. table.Prices.Where(price => price.Provider.Equals(wanted, StringComparison.OrdinalIgnoreCase))];
            if (found.Length > 0)
                return List(run, table, found);
            string[] names = [.. table.Prices.Select(static price => price.Provider).Distinct()];
            string meant = Suggestions.For(wanted, names) is [string near, ..] ? $" Did you mean '{near}'?" : "";
            throw ToolException.BadUsage($"The table has no provider '{wanted}'. There are {string.Join(", ", names)}.{meant}");
        });
    }

    private Command CreateSearch()
    {
        var words = new Argument<string[]>("words") { Description = "Words that provider or name contain.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("search", "List prices whose provider or names contain all these words.");
        command.Add(words);
        return Does(command, run =>
        {
            PriceTable table = PriceTable.Default;
            ModelPrice[] found =
            [
                .. table.Prices.Where(price => run.Get(words)!.All(
                    word => ((IEnumerable<string>)[price.Provider, price.Model, .. price.AlsoKnownAs]).Any(name => name.Contains(word, StringComparison.OrdinalIgnoreCase)))),
            ];
            if (found.Length > 0 || run.IsJson)
                return List(run, table, found);
            IReadOnlyList<string> near = Suggestions.For(string.Join('-', run.Get(words)!), table.Prices.Select(static price => price.Model));
            throw new ToolException(ExitCodes.Trouble, $"No price has {string.Join(" and ", run.Get(words)!.Select(static word => $"'{word}'"))} in its name.{(near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : "")}");
        });
    }

    private Command CreateResolve()
    {
        var model = new Argument<string>("model") { Description = "The model's name as it was recorded." };
        var provider = new Option<string?>("--provider", "-p") { Description = "Who serves it, as it was recorded.", HelpName = "name" };
        var on = new Option<string?>("--on") { Description = "The day of the call, in UTC (2026-01-31); today when left out.", HelpName = "date" };
        var command = new Command("resolve", "Say which entry a model's name leads to, and why.");
        command.Add(model);
        command.Add(provider);
        command.Add(on);
        return Does(command, run =>
        {
            DateOnly day = DateOnly.FromDateTime(run.Environment.Time.GetUtcNow().UtcDateTime);
            if (run.Get(on) is { } text && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
                throw ToolException.BadUsage($"'{text}' is no day for --on. Give it as 2026-01-31.");
            if (string.IsNullOrWhiteSpace(run.Get(model)))
                throw ToolException.BadUsage("The model's name is empty. Give the name as it was recorded.");
            return Resolve(run, run.Get(model)!, PriceExplanation.Of(PriceTable.Default, run.Get(provider), run.Get(model)!, day));
        });
    }

    private static int List(ToolRun run, PriceTable table, IReadOnlyList<ModelPrice> prices)
    {
        if (run.IsJson)
        {
            run.WriteJson(json =>
            {
                json.WriteString("version", table.Version);
                json.WriteStartArray("prices");
                foreach (ModelPrice price in prices)
                    WritePrice(json, price);
                json.WriteEndArray();
            });
            return ExitCodes.Ok;
        }
        var columns = new Columns(
            new Column("Provider"), new Column("Model", Least: 16), new Column("Input", IsRight: true), new Column("Output", IsRight: true), new Column("Cache read", IsRight: true, Rank: 2),
            new Column("Cache write", IsRight: true, Rank: 3), new Column("Tiers", Least: 8, Rank: 5), new Column("Since", Rank: 4));
        foreach (ModelPrice price in prices)
        {
            columns.Add(
                new Cell(price.Provider, Tone.Quiet), price.Model, Rate(price.Rates.Input), Rate(price.Rates.Output), Rate(price.Rates.CacheRead), Rate(price.Rates.CacheWrite5Minutes),
                new Cell(TiersOf(price), Tone.Quiet), new Cell(price.ValidFrom is { } from ? from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "", Tone.Quiet));
        }
        columns.WriteTo(run.Screen);
        run.Screen.Line();
        run.Screen.Line($"{Counted.Of(prices.Count, "price")} in USD per million tokens{run.Screen.Glyphs.Dot}table {table.Version}", Tone.Quiet);
        return ExitCodes.Ok;
    }

    private static int Resolve(ToolRun run, string model, PriceExplanation explained)
    {
        int exitCode = explained.Price is null ? ExitCodes.Trouble : ExitCodes.Ok;
        if (run.IsJson)
        {
            run.WriteJson(json =>
            {
                json.WriteString("model", model);
                if (explained.Price is { } found)
                {
                    json.WriteString("table", explained.Table);
                    json.WritePropertyName("price");
                    WritePrice(json, found);
                }
                else
                {
                    json.WriteNull("table");
                    json.WriteNull("price");
                }
                json.WriteTexts("why", explained.Steps);
                json.WriteTexts("did_you_mean", explained.Near);
            });
            return exitCode;
        }
        Screen screen = run.Screen;
        if (explained.Price is { } price)
        {
            screen.Line(new TextLine().Add($"{screen.Glyphs.Ok} ", Tone.Good).Add(price.ToString(), Tone.Strong).Add($"{screen.Glyphs.Dot}table {explained.Table}", Tone.Quiet));
            screen.Line($"  {Rate(price.Rates.Input)} in, {Rate(price.Rates.Output)} out"
                + (price.Rates.CacheRead is { } read ? $", {Rate(read)} read from a cache" : "") + (price.Rates.CacheWrite5Minutes is { } write ? $", {Rate(write)} written to one" : "") + " (USD per million tokens)");
            if (TiersOf(price) is { Length: > 0 } tiers)
                screen.Cut(TextLine.Of($"  {tiers}", Tone.Quiet));
            if (price.Source is { } source)
                screen.Line($"  read from {source}{(price.AsOf is { } day ? $" on {day:yyyy-MM-dd}" : "")}", Tone.Quiet);
        }
        else
        {
            screen.Line(new TextLine().Add($"{screen.Glyphs.Failed} ", Tone.Bad).Add($"'{model}' has no price; what it cost is unknown", Tone.Bad));
        }
        foreach (string step in explained.Steps)
            screen.Wrapped(step, $"  {screen.Glyphs.Arrow} ", Tone.Plain);
        if (explained.Near.Count > 0)
            screen.Line($"  Did you mean {string.Join(" or ", explained.Near)}?");
        return exitCode;
    }

    private static string Rate(decimal? rate) => rate is { } known ? known.ToString("0.00####", CultureInfo.InvariantCulture) : "";

    private static string TiersOf(ModelPrice price) => string.Join("; ",
    [
        .. price.SizeTiers.Select(static tier => string.Create(CultureInfo.InvariantCulture, $">{tier.AboveInputTokens / 1000}k: {Rate(tier.Rates.Input)}/{Rate(tier.Rates.Output)}")),
        .. price.ServiceTiers.Select(static tier => tier.Value.Rates is { } rates ? $"{tier.Key}: {Rate(rates.Input)}/{Rate(rates.Output)}" : string.Create(CultureInfo.InvariantCulture, $"{tier.Key}: x{tier.Value.Multiplier:0.##}")),
    ]);

    private static void WritePrice(Utf8JsonWriter json, ModelPrice price)
    {
        json.WriteStartObject();
        json.WriteString("provider", price.Provider);
        json.WriteString("model", price.Model);
        json.WriteTexts("also", price.AlsoKnownAs);
        json.WriteNumber("input", price.Rates.Input);
        json.WriteNumber("output", price.Rates.Output);
        json.WriteMoney("cache_read", price.Rates.CacheRead);
        json.WriteMoney("cache_write_5m", price.Rates.CacheWrite5Minutes);
        json.WriteMoney("cache_write_1h", price.Rates.CacheWrite1Hour);
        json.WriteMoney("reasoning", price.Rates.Reasoning);
        json.WriteString("tiers", TiersOf(price));
        json.WriteString("valid_from", price.ValidFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("source", price.Source);
        json.WriteString("as_of", price.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
