using AgentOps.Generators.Calls;
using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>
/// The statements that read one result, or one chunk of a stream, into <c>result</c>. What its type does not have is left out; what it has and throws stays
/// unknown without taking the rest along.
/// </summary>
/// <param name="takesText">Whether texts are read: of values that are kept out of the record they are not, of chunks that something came still counts.</param>
internal sealed class LlmStatements(bool takesText)
{
    private readonly List<string> _lines = [];
    private int _variables;
    private string _indent = "";

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Whether a count of tokens is among what is read.</summary>
    public bool BindsUsage { get; private set; }

    /// <summary>Whether anything is.</summary>
    public bool BindsAnything { get; private set; }

    /// <summary>Statements that fail together and without the others.</summary>
    public void Part(Action write)
    {
        int start = _lines.Count;
        Line("try");
        if (!Block(write))
        {
            _lines.RemoveRange(start, _lines.Count - start);
            return;
        }
        Line("catch (global::System.Exception failure)");
        Line("{");
        Line("    LlmResult.NotRead(failure);");
        Line("}");
    }

    public void Line(string line) => _lines.Add(_indent + line);

    /// <summary>A statement that takes something.</summary>
    public void Take(string statement)
    {
        BindsAnything = true;
        Line(statement);
    }

    /// <summary>Takes who serves the model, where the package says it.</summary>
    public void Provider(string name) => Line($"result.Provider = {Literals.Text(name)};");

    /// <summary>Takes a fact; of several in a stream the last that says something counts.</summary>
    public void Fact(string property, Bound? value)
    {
        if (value is { } known && TextOf(known) is { } text)
            Take($"result.{property} = {text} ?? result.{property};");
    }

    /// <summary>Takes a piece of the answer.</summary>
    public void Text(Bound? text)
    {
        if (takesText && text is { Type.SpecialType: SpecialType.System_String } known)
            Take($"result.AppendText({known.Expression});");
    }

    /// <summary>Takes a call of a tool.</summary>
    public void ToolCall(Bound? id, Bound? name, Bound? arguments)
    {
        if (name is not null)
            Take($"result.AddToolCall({TextOrNull(id)}, {TextOrNull(name)}, {ArgumentsOf(arguments)});");
    }

    /// <summary>Takes a piece of a call of a tool.</summary>
    /// <param name="index">Which of the answer's calls it is; <see langword="null"/> if only its first piece says that.</param>
    /// <param name="id">Its id, in the first piece.</param>
    /// <param name="name">The tool, likewise.</param>
    /// <param name="arguments">A piece of the arguments.</param>
    public void ToolCallPiece(Bound? index, Bound? id, Bound? name, Bound? arguments)
    {
        if (id is null && name is null && arguments is null)
            return;
        string pieces = $"{TextOrNull(id)}, {TextOrNull(name)}, {TextOrNull(arguments)}";
        if (index is not { } which)
            Take($"result.ContinueToolCall({pieces});");
        else
            Take($"result.AppendToolCall((int){(which.YieldsNull ? $"({which.Expression} ?? 0)" : which.Expression)}, {pieces});");
    }

    /// <summary>Takes tokens counted by a known type, or one whose members are called as providers call them.</summary>
    /// <param name="usage">What has the counts.</param>
    /// <param name="adds">Whether the counts of chunks are added up; otherwise the last ones stand for all.</param>
    /// <param name="except">Counts that this result does not know yet, whatever its type says.</param>
    public void Usage(Bound? usage, bool adds = false, params string[] except)
    {
        When(usage, "usage", counts =>
        {
            if (UsageTypes.Find(counts) is { } row)
                Counts(row.Counts(counts).Where(c => !except.Contains(c.Name)), row, adds, counts);
        });
    }

    /// <summary>Takes counts one by one.</summary>
    public void Counts(IEnumerable<UsageCount> counts, UsageConvention convention, bool adds, Bound? from = null)
    {
        UsageCount[] found = [.. counts];
        if (found.Length == 0)
            return;
        BindsUsage |= found.Any(static c => c.Name is "Input" or "Output");
        BindsAnything = true;
        Line($"result.{(adds ? "AddUsage" : "ReplaceUsage")}(new TokenCounts");
        Line("{");
        foreach (UsageCount count in found)
            Line($"    {count.Name} = {count.Expression},");
        if (convention.InputExcludesCache)
            Line("    InputExcludesCache = true,");
        if (convention.OutputExcludesReasoning)
            Line("    OutputExcludesReasoning = true,");
        if (from is not { } owner || convention is not UsageRow row)
        {
            Line("});");
        }
        else
        {
            Line(row.CountersOf(owner) is { } counters ? $"}}, {counters});" : "});");
            foreach (string line in row.RawLines(owner))
                Line(line);
        }
    }

    /// <summary>Statements under a condition.</summary>
    public void If(string condition, Action write)
    {
        int start = _lines.Count;
        Line($"if ({condition})");
        if (!Block(write))
            _lines.RemoveRange(start, _lines.Count - start);
    }

    /// <summary>Statements over a value that is there.</summary>
    public void When(Bound? given, string name, Action<Bound> write)
    {
        if (given is not { } value)
            return;
        string variable = Variable(name);
        int start = _lines.Count;
        Line($"if ({value.Expression} is {{ }} {variable})");
        if (!Block(() => write(value with { Expression = variable, Type = value.Core, MayBeNull = false })))
            _lines.RemoveRange(start, _lines.Count - start);
    }

    /// <summary>Statements over a value that is of another type than the static one, if there is such a type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type; <see langword="null"/> if this version of the package has none.</param>
    /// <param name="write">Writes them.</param>
    public void Is(Bound? value, ITypeSymbol? type, Action<Bound> write)
    {
        if (value is not { } found || type is null || !TypeNames.CanName(found.Compilation, type))
            return;
        string variable = Variable(Identifiers.From(char.ToLowerInvariant(type.Name[0]) + type.Name.Substring(1)));
        int start = _lines.Count;
        Line($"if ({found.Expression} is {TypeNames.Full(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))} {variable})");
        if (!Block(() => write(found with { Expression = variable, Type = type, MayBeNull = false })))
            _lines.RemoveRange(start, _lines.Count - start);
    }

    /// <summary>Statements over each item of a collection.</summary>
    public void Each(Bound? collection, string name, Action<Bound> write)
    {
        if (collection is not { } found || ElementOf(found.Type) is not { } element)
            return;
        When(found, name + "s", items =>
        {
            string item = Variable(name);
            int start = _lines.Count;
            Line($"foreach (var {item} in {items.Expression})");
            if (!Block(() =>
            {
                if (Bound.CanBeNull(element))
                    When(items with { Expression = item, Type = element, MayBeNull = true }, name, write);
                else
                    write(items with { Expression = item, Type = element, MayBeNull = false });
            }))
            {
                _lines.RemoveRange(start, _lines.Count - start);
            }
        });
    }

    /// <summary>A value as text: text, a word of an enumeration, or a type that only wraps one of them. <see langword="null"/> if it is none.</summary>
    public static string? TextOf(Bound value)
    {
        if (value.Type.SpecialType == SpecialType.System_String)
            return value.Expression;
        string access = value.Expression + (value.MayBeNull ? "?." : ".");
        ITypeSymbol core = value.Core;
        if (core.TypeKind == TypeKind.Enum)
            return $"global::AgentOps.Recording.LlmResult.Word({access}ToString())";
        if (core.GetMembers("Raw").OfType<IMethodSymbol>().Any(static m => m is
            { IsStatic: false, DeclaredAccessibility: Accessibility.Public, Arity: 0, Parameters.IsEmpty: true, ReturnType.SpecialType: SpecialType.System_String }))
        {
            return access + "Raw()";
        }
        if (MetadataNames.Of(core) == "System.BinaryData")
            return access + "ToString()";
        if (value.At("Value") is { Type.SpecialType: SpecialType.System_String } inner)
            return inner.Expression;
        // Open enumerations of client packages are structs that wrap the word.
        bool isOpenEnumeration = core is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } type
            && type.AllInterfaces.Any(i => i.MetadataName == "IEquatable`1" && SymbolEqualityComparer.Default.Equals(i.TypeArguments[0], type))
            && type.GetMembers("op_Implicit").OfType<IMethodSymbol>().Any(static m => m.Parameters[0].Type.SpecialType == SpecialType.System_String);
        return isOpenEnumeration ? access + "ToString()" : null;
    }

    private static string TextOrNull(Bound? value) => value is { } known && TextOf(known) is { } text ? text : "null";

    /// <summary>Arguments are JSON text, or objects by their names.</summary>
    private static string ArgumentsOf(Bound? arguments)
    {
        if (arguments is not { } known)
            return "(string?)null";
        if (MetadataNames.Chain(known.Core).Any(static level => MetadataNames.Of(level) == "System.Text.Json.Nodes.JsonNode"))
            return known.Expression + (known.MayBeNull ? "?.ToJsonString()" : ".ToJsonString()");
        if (TextOf(known) is { } text)
            return text;
        return ElementOf(known.Core) is INamedTypeSymbol { MetadataName: "KeyValuePair`2" } pair && pair.TypeArguments[0].SpecialType == SpecialType.System_String
            ? $"(global::System.Collections.Generic.IEnumerable<{TypeNames.Full(pair)}>?){known.Expression}"
            : "(string?)null";
    }

    private bool Block(Action write)
    {
        Line("{");
        int start = _lines.Count;
        string outer = _indent;
        _indent += "    ";
        write();
        _indent = outer;
        bool any = _lines.Count > start;
        Line("}");
        return any;
    }

    private string Variable(string name) => name + (++_variables).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type is IArrayTypeSymbol array
        ? array.ElementType
        : type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : [])
            .FirstOrDefault(static i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];
}
