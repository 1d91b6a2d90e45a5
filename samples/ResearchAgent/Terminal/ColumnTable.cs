using System.Globalization;
using Spectre.Console;

namespace ResearchAgent.Terminal;

/// <summary>Tables whose first two columns are names and whose others are numbers. What is not known says so.</summary>
internal static class ColumnTable
{
    private const string Unknown = "unknown";

    public static Table Of(params string[] names)
    {
        var table = new Table { Border = TableBorder.None };
        for (int i = 0; i < names.Length; i++)
        {
            var column = new TableColumn($"[grey]{Markup.Escape(names[i])}[/]") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) };
            table.AddColumn(i < 2 ? column : column.RightAligned());
        }
        return table;
    }

    public static Text Cell(string? text) => new(text ?? Unknown);

    public static Text Number(long? number) => new(number?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown);

    public static Text Rate(double? perSecond) => new(perSecond?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown);

    public static Text Duration(TimeSpan? duration) => new(duration is { } known ? DurationText.Of(known) : Unknown);

    public static Text Money(decimal? usd) => new(MoneyText.Of(usd));
}
