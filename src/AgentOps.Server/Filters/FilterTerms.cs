using System.Globalization;

namespace AgentOps.Server.Filters;

/// <summary>Reads one condition and checks it against what its field allows.</summary>
internal static class FilterTerms
{
    public static FilterTerm Read(FilterParser.Reader text)
    {
        int start = text.Position;
        if (text.Current == '"')
            return new FilterTerm(FilterField.Anywhere, FilterOperator.Is, text.TakeValue());
        string name = text.TakeName();
        if (!text.TryTakeColon())
        {
            text.SkipBlanks();
            return name.Length > 0
                ? new FilterTerm(FilterField.Anywhere, FilterOperator.Is, name)
                : throw new FilterException($"'{text.Current}' begins no condition. Write field:value, a word, or \"words in quotation marks\".", start);
        }
        FilterField field = FieldOf(name, start, out string? metric);
        int valueAt = text.Position;
        FilterOperator how = text.TakeOperator();
        string value = text.TakeValue();
        if (value.Length == 0)
            throw new FilterException($"'{name}:' has no value. {Allowed(field)}", valueAt);
        if (how != FilterOperator.Is && field.Type is FilterType.Text or FilterType.Word && metric is null)
            throw new FilterException($"'{name}' is text and has no larger or smaller. Write {name}:{value}.", valueAt);
        return new FilterTerm(field, how, value) { Metric = metric, Number = NumberOf(field, value, valueAt, how, metric) };
    }

    private static FilterField FieldOf(string name, int at, out string? metric)
    {
        metric = null;
        if (name.StartsWith(FilterField.Metric.Name, StringComparison.OrdinalIgnoreCase) && name.Length > FilterField.Metric.Name.Length)
        {
            metric = name[FilterField.Metric.Name.Length..];
            return FilterField.Metric;
        }
        if (FilterField.Find(name) is { } field)
            return field;
        string? near = FilterField.All.Select(static f => f.Name).MinBy(candidate => Distance(candidate, name));
        string hint = near is not null && Distance(near, name) <= 2 ? $" Did you mean '{near}'?" : "";
        throw new FilterException($"There is no field '{name}'.{hint} There are {string.Join(", ", FilterField.All.Select(static f => f.Name))}, and metric.NAME.", at);
    }

    private static long NumberOf(FilterField field, string value, int at, FilterOperator how, string? metric)
    {
        switch (field.Type)
        {
            case FilterType.Word when !field.Words.Contains(value, StringComparer.OrdinalIgnoreCase):
                throw new FilterException($"'{field.Name}' is none of '{value}'. {Allowed(field)}", at);
            case FilterType.Count:
                return Scaled(value, at, field, ("k", 1_000), ("M", 1_000_000), ("", 1));
            case FilterType.Duration:
                return Scaled(value, at, field, ("ns", 1), ("us", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("min", 60_000_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000));
            case FilterType.Money:
                return Scaled(value.TrimStart('$'), at, field, ("", 1_000_000_000));
            default:
                if (metric is not null && how != FilterOperator.Is && !double.TryParse(value, CultureInfo.InvariantCulture, out _))
                    throw new FilterException($"'{value}' is no number to compare '{field.Name}{metric}' with.", at);
                return 0;
        }
    }

    private static long Scaled(string value, int at, FilterField field, params ReadOnlySpan<(string Unit, long Scale)> units)
    {
        foreach ((string unit, long scale) in units)
        {
            if (value.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(value.AsSpan(0, value.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                && number < long.MaxValue / scale)
                return (long)(number * scale);
        }
        throw new FilterException($"'{value}' is no value for '{field.Name}'. {Allowed(field)}", at);
    }

    private static string Allowed(FilterField field) => field.Type switch
    {
        FilterType.Word => $"Give one of {string.Join(", ", field.Words)}.",
        FilterType.Count => $"Give a number, such as {field.Name}:>20 or {field.Name}:>1.5k.",
        FilterType.Duration => $"Give a time, such as {field.Name}:>2s, {field.Name}:<350ms or {field.Name}:>1.5min.",
        FilterType.Money => $"Give USD, such as {field.Name}:>0.10.",
        _ => $"Give text, such as {field.Name}:word, {field.Name}:*part* or {field.Name}:\"two words\".",
    };

    /// <summary>How many letters differ.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, corner + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1));
                corner = above;
            }
        }
        return row[^1];
    }
}
