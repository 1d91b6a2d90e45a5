using AgentOps.Server.Filters;
using AgentOps.Server.Store;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentOps.Server.Pages;

/// <summary>What a page shows: all of it stands in the address, so that reloading and sharing show the same.</summary>
public sealed class ViewState
{
    /// <summary>What goes along from page to page.</summary>
    private static readonly string[] s_shared = ["project", "period", "from", "to", "compare"];

    private readonly Dictionary<string, string> _query;

    private ViewState(string path, Dictionary<string, string> query, DateTimeOffset now)
    {
        Path = path;
        _query = query;
        Now = now;
        Period = Period.Of(this["period"], this["from"], this["to"], now);
        try
        {
            Filter = FilterParser.Parse(Query);
        }
        catch (FilterException e)
        {
            FilterProblem = e.Message;
        }
    }

    public string Path { get; }

    public DateTimeOffset Now { get; }

    public Period Period { get; }

    public string? Project => this["project"];

    public bool IsCompared => this["compare"] != "off";

    /// <summary>The filter as it was written.</summary>
    public string Query => this["q"] ?? "";

    public FilterNode? Filter { get; }

    /// <summary>Why the filter cannot be understood.</summary>
    public string? FilterProblem { get; }

    /// <summary>The bucket that charts point at; the last whole one if none is chosen.</summary>
    public int Crosshair => int.TryParse(this["at"], out int at) && at >= 0 && at < Period.Buckets ? at : Math.Max(0, Period.Buckets - (Period.IsLastPartial(Now) ? 2 : 1));

    public string? Theme { get; init; }

    public Scope Scope => new(Project, Period.From, Period.To);

    public string? this[string name] => _query.GetValueOrDefault(name);

    public static ViewState Of(HttpContext context, TimeProvider time)
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Query)
        {
            if (values is [{ Length: > 0 and <= FilterParser.MaxLength } value])
                query[name] = value;
        }
        string? theme = context.Request.Cookies["agentops-theme"];
        return new ViewState(context.Request.Path, query, time.GetUtcNow()) { Theme = theme is "light" or "dark" ? theme : null };
    }

    /// <summary>The address of this page with something changed; <see langword="null"/> takes a value out.</summary>
    public string With(params ReadOnlySpan<(string Name, string? Value)> changes) => Address(Path, _query, changes);

    /// <summary>The address of another page that looks at the same project and time.</summary>
    public string To(string path, params ReadOnlySpan<(string Name, string? Value)> changes) =>
        Address(path, _query.Where(static part => s_shared.Contains(part.Key)), changes);

    /// <summary>What a form must carry along.</summary>
    public IEnumerable<KeyValuePair<string, string>> Others(params string[] own) => _query.Where(part => !own.Contains(part.Key) && part.Key != "page");

    private static string Address(string path, IEnumerable<KeyValuePair<string, string>> query, ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var parts = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach ((string name, string value) in query)
            parts[name] = value;
        foreach ((string name, string? value) in changes)
        {
            if (string.IsNullOrEmpty(value))
                parts.Remove(name);
            else
                parts[name] = value;
        }
        return QueryHelpers.AddQueryString(path, parts);
    }
}
