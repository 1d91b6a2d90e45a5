using AgentOps.Generators.Declarations;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Reads types that no table knows: by the marks on their members, else by what those are called.</summary>
internal static class OwnReading
{
    private static readonly string[] s_models = ["model", "modelid", "modelname"];
    private static readonly string[] s_texts = ["text", "content", "outputtext", "delta"];

    /// <summary>The members of <c>TokenCounts</c> in the order of the runtime's <c>TokenKind</c>.</summary>
    private static readonly string[] s_kinds = ["Input", "Output", "CacheRead", "CacheWrite", "CacheWrite1Hour", "Reasoning", "AudioInput", "AudioOutput"];

    public static void Read(LlmStatements s, Bound value)
    {
        if (value.Core is not (INamedTypeSymbol or ITypeParameterSymbol) || value.Core.TypeKind is TypeKind.Enum or TypeKind.Delegate)
            return;
        ISymbol[] members = [.. value.Members()];
        ReadUsage(s, value, members);
        foreach (ISymbol member in members)
        {
            if (ModelMark.Of(member) is not null)
                s.Part(() => s.Fact("Model", value.Of(member)));
        }
        if (!members.Any(static m => ModelMark.Of(m) is not null) && Named(members, s_models) is { } model)
            s.Part(() => s.Fact("Model", Visible(value, model)));
        // A text is an answer where something else shows that the type is one.
        if (s.BindsAnything && Named(members, s_texts) is { } text)
            s.Part(() => s.Text(Visible(value, text)));
    }

    private static void ReadUsage(LlmStatements s, Bound value, ISymbol[] members)
    {
        AttributeData? ofType = UsageMark.Of(value.Core);
        (ISymbol Member, AttributeData Mark)[] marked = [.. members.Select(static m => (m, UsageMark.Of(m)!)).Where(static m => m.Item2 is not null)];
        foreach ((ISymbol member, AttributeData mark) in marked.Where(static m => m.Mark.FirstNumber() is null))
        {
            Bound holder = value.Of(member);
            if (LlmReading.IsResult(holder.Core))
                s.When(holder, "inner", inner => LlmReading.Read(s, inner));
            else
                s.Part(() => s.When(holder, "usage", usage => Counted(s, usage, mark)));
        }
        UsageCount[] counts = [.. marked.Select(m => CountOf(value.Of(m.Member), m.Mark.FirstNumber())).OfType<UsageCount>()];
        if (counts.Length > 0)
            s.Part(() => s.Counts(counts, ConventionOf([.. marked.Select(static m => m.Mark), .. ofType is null ? (AttributeData[])[] : [ofType]], new UsageConvention()), Adds(marked[0].Mark) || Adds(ofType)));
        else if (ofType is not null)
            s.Part(() => Counted(s, value, ofType));
        else if (marked.Length == 0 && UsageShape.UsageIn(value) is { } usage)
            s.Part(() => s.Usage(usage, adds: Adds(UsageMark.Of(usage.Core))));
        else if (marked.Length == 0 && UsageShape.Of(value) is not null)
            s.Part(() => s.Usage(value));
    }

    /// <summary>An object's counts, by marks of their own or by their names.</summary>
    private static void Counted(LlmStatements s, Bound usage, AttributeData mark)
    {
        (ISymbol Member, AttributeData Mark)[] marked = [.. usage.Members().Select(static m => (m, UsageMark.Of(m)!)).Where(static m => m.Item2?.FirstNumber() is not null)];
        bool adds = Adds(mark) || Adds(UsageMark.Of(usage.Core));
        if (marked.Length > 0)
        {
            s.Counts(
                marked.Select(m => CountOf(usage.Of(m.Member), m.Mark.FirstNumber())).OfType<UsageCount>(),
                ConventionOf([mark, .. marked.Select(static m => m.Mark)], new UsageConvention()), adds);
        }
        else if (UsageTypes.Find(usage) is { } row)
        {
            s.Counts(row.Counts(usage), ConventionOf([mark], row), adds, usage);
        }
    }

    private static UsageCount? CountOf(Bound member, int? kind) =>
        kind is >= 0 and < 8 && UsageShape.NumberOf(member) is { } number ? new UsageCount(s_kinds[kind.Value], number) : null;

    /// <summary>What a mark says counts; where it says nothing, what the names do.</summary>
    private static UsageConvention ConventionOf(AttributeData[] marks, UsageConvention byName) => new()
    {
        InputExcludesCache = Said(marks, "InputExcludesCache") ?? byName.InputExcludesCache,
        OutputExcludesReasoning = Said(marks, "OutputExcludesReasoning") ?? byName.OutputExcludesReasoning,
    };

    private static bool? Said(AttributeData[] marks, string name) =>
        marks.Any(m => m.NamedFlag(name)) ? true : marks.Any(m => m.NamedArguments.Any(a => a.Key == name)) ? false : null;

    private static bool Adds(AttributeData? mark) => mark?.NamedNumber("Rule") == 1;

    private static ISymbol? Named(ISymbol[] members, string[] names) =>
        names.Select(name => members.FirstOrDefault(m => UsageShape.Plain(m.Name) == name && Bound.TypeOf(m).SpecialType == SpecialType.System_String)).FirstOrDefault(static m => m is not null);

    /// <summary>A member that is found by its name only is not read if it is kept out of the record.</summary>
    private static Bound? Visible(Bound owner, ISymbol member) => RedactionPolicy.Of(member, owner.Core).Redaction == Redaction.None ? owner.Of(member) : null;
}

/// <summary>Finds <c>[TokenUsage]</c>.</summary>
internal static class UsageMark
{
    public static AttributeData? Of(ISymbol symbol) => OwnMarks.Find(symbol, RecordedAttributeNames.TokenUsage);
}

/// <summary>Finds <c>[Model]</c>.</summary>
internal static class ModelMark
{
    public static AttributeData? Of(ISymbol symbol) => OwnMarks.Find(symbol, RecordedAttributeNames.Model);
}

/// <summary>Finds a mark on a symbol, on what it overrides or implements, or on the parameter of a record behind a property.</summary>
internal static class OwnMarks
{
    public static AttributeData? Find(ISymbol symbol, string name)
    {
        IEnumerable<ISymbol> origins = symbol is IPropertySymbol or IMethodSymbol ? MemberOrigins.Of(symbol) : [symbol];
        if (symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter)
            origins = MemberOrigins.Of(method).Select(origin => (ISymbol)((IMethodSymbol)origin).Parameters[parameter.Ordinal]);
        return origins.SelectMany(static o => o.GetAttributes().Concat(OfRecordParameter(o))).FirstOrDefault(a => a.OwnName() == name);
    }

    private static IEnumerable<AttributeData> OfRecordParameter(ISymbol symbol) =>
        symbol is IPropertySymbol { ContainingType: { IsRecord: true } record } property
            ? record.InstanceConstructors.SelectMany(static c => c.Parameters).Where(p => p.Name == property.Name).SelectMany(static p => p.GetAttributes())
            : [];
}
