using System.Globalization;
using AgentOps.Server.Filters;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>A filter as a condition on a session named <c>s</c>, or on an error named <c>e</c> of a session <c>s</c>. Values become parameters, never text.</summary>
/// <param name="values">The values of the statement so far; those of the filter are added.</param>
internal sealed class FilterSql(List<object?> values)
{
    private bool _isError;

    public string OfSession(FilterNode filter) => Of(filter);

    public string OfError(FilterNode filter)
    {
        _isError = true;
        return Of(filter);
    }

    private string Of(FilterNode filter) => filter switch
    {
        AllOf all => $"({string.Join(" AND ", all.Parts.Select(Of))})",
        AnyOf any => $"({string.Join(" OR ", any.Parts.Select(Of))})",
        // What is unknown is not what was asked for, nor its opposite's exception: it stays in.
        NoneOf none => $"NOT COALESCE({Of(none.Part)}, 0)",
        FilterTerm term => $"({Of(term)})",
        _ => throw new NotSupportedException($"'{filter.GetType().Name}' is no filter."),
    };

    private string Of(FilterTerm term) => term.Field.Name switch
    {
        "" => _isError
            ? $"{Contains("e.name", term.Value)} OR {Contains("e.details", term.Value)} OR {Contains("s.name", term.Value)}"
            : $"{Contains("s.name", term.Value)} OR {Begins(term.Value)} OR {HasLabel(FacetKind.Agent, "", $"*{term.Value.Trim('*')}*")} OR {HasLabel(FacetKind.Tag, "", term.Value)}",
        "state" => $"s.state = {Add((long)Enum.Parse<SessionState>(term.Value, ignoreCase: true))}",
        "tag" => HasLabel(FacetKind.Tag, "", term.Value),
        "agent" => _isError ? Like("e.agent", term.Value) : HasLabel(FacetKind.Agent, "", term.Value),
        "model" => HasLabel(FacetKind.Model, "", term.Value),
        "metric." => Metric(term),
        "name" => Like("s.name", term.Value),
        "id" => Begins(term.Value),
        "duration" => Compare(SessionQueries.Duration, term),
        "cost" => Compare("s.cost", term),
        "tokens" => Compare("COALESCE(s.input_tokens, 0) + COALESCE(s.output_tokens, 0)", term),
        "events" => Compare("s.llms + s.tools + s.actions + s.errors", term),
        "errors" => Compare("s.errors", term),
        "has" => Has(term.Value.ToLowerInvariant()),
        "type" => OfEvent($"k.kind = {Add((long)Enum.Parse<RecordKind>(term.Value, ignoreCase: true))}"),
        "tool" => _isError ? $"e.trigger_kind = 1 AND {Like("e.trigger_name", term.Value)}" : OfEvent($"k.kind = 1 AND {Like("k.name", term.Value)}"),
        "action" => _isError ? $"e.trigger_kind = 2 AND {Like("e.trigger_name", term.Value)}" : OfEvent($"k.kind = 2 AND {Like("k.name", term.Value)}"),
        "provider" => OfEvent(Like("k.provider", term.Value)),
        "status" => OfEvent($"k.kind <= 3 AND k.status = {Add(StatusOf(term.Value.ToLowerInvariant()))}"),
        "latency" => OfEvent($"k.kind < 3 AND {Compare("k.duration", term)}"),
        "error" => _isError ? LikeEnd("e.name", term.Value) : OfEvent($"k.kind = 3 AND {LikeEnd("k.name", term.Value)}"),
        "message" => _isError ? Contains("e.details", term.Value) : OfEvent($"k.kind = 3 AND {Contains("k.details", term.Value)}"),
        string other => throw new NotSupportedException($"'{other}' cannot be looked up."),
    };

    /// <summary>On a session: any of its events. On an error: the call that failed with it.</summary>
    private string OfEvent(string condition) => _isError
        ? $"EXISTS(SELECT 1 FROM events k WHERE k.id = COALESCE(e.trigger_id, e.parent) AND {condition}) OR EXISTS(SELECT 1 FROM events k WHERE k.no = e.no AND {condition})"
        : $"EXISTS(SELECT 1 FROM events k WHERE k.session = s.no AND {condition})";

    private string HasLabel(FacetKind kind, string grouping, string value) =>
        $"EXISTS(SELECT 1 FROM labels l WHERE l.session = s.no AND l.kind = {Add((long)kind)} AND l.grouping = {Add(grouping)} AND {Like("l.value", value)})";

    private string Metric(FilterTerm term)
    {
        if (term.Operator == FilterOperator.Is)
            return HasLabel(FacetKind.Metric, term.Metric!, term.Value);
        return $"EXISTS(SELECT 1 FROM labels l WHERE l.session = s.no AND l.kind = 3 AND l.grouping = {Add(term.Metric)} AND l.number {Sign(term.Operator)} {Add(double.Parse(term.Value, CultureInfo.InvariantCulture))})";
    }

    private static string Has(string what) => what switch
    {
        "error" => "s.errors > 0",
        "cost" => "s.cost > 0",
        "unpriced" => "s.unpriced > 0",
        "llm" => "s.llms > 0",
        "tool" => "s.tools > 0",
        "action" => "s.actions > 0",
        _ => "s.incomplete > 0",
    };

    private static long StatusOf(string word) => word switch
    {
        "error" => 1,
        "cancelled" => 2,
        "abandoned" => 3,
        "open" => 4,
        "interrupted" => 5,
        _ => 0,
    };

    private string Compare(string what, FilterTerm term) => $"({what}) {Sign(term.Operator)} {Add(term.Number)}";

    private static string Sign(FilterOperator how) => how switch
    {
        FilterOperator.Less => "<",
        FilterOperator.LessOrEqual => "<=",
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => ">=",
        _ => "=",
    };

    /// <summary>Equal, whatever the case; a star stands for any letters.</summary>
    private string Like(string what, string value) => $"{what} LIKE {Add(Escape(value).Replace('*', '%'))} ESCAPE '\\'";

    private string Contains(string what, string value) => $"{what} LIKE {Add($"%{Escape(value.Trim('*')).Replace('*', '%')}%")} ESCAPE '\\'";

    /// <summary>Types of errors are written with or without their namespace.</summary>
    private string LikeEnd(string what, string value) => $"({Like(what, value)} OR {Like(what, "*." + value)})";

    private string Begins(string value) => $"lower(hex(s.id)) LIKE {Add(Escape(value.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()).Replace("*", "", StringComparison.Ordinal) + "%")} ESCAPE '\\'";

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private string Add(object? value)
    {
        values.Add(value);
        return Statement.NameOf(values.Count - 1);
    }
}
