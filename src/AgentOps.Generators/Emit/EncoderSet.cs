using AgentOps.Generators.Calls;
using AgentOps.Generators.Support;
using AgentOps.Recording;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>
/// The encoders that one generated file needs: one method for each type that is more than a simple value, written for its
/// static type, so that nothing is reflected over and nothing boxed.
/// </summary>
internal sealed class EncoderSet(Compilation compilation, RecordingPlace place)
{
    private const int MaxMembers = 64;

    /// <summary>How far types of other assemblies are followed: their object graphs are not the user's to bound.</summary>
    private const int MaxForeignDepth = 3;

    private readonly Dictionary<ITypeSymbol, string> _names = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Queue<(ITypeSymbol Type, string Name, int Foreign)> _pending = new();
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Where its statements stand.</summary>
    public RecordingPlace Place => place;

    /// <summary>What they are part of.</summary>
    public Compilation Compilation => compilation;

    /// <summary>The statement that writes <paramref name="value"/>, an expression of the type.</summary>
    /// <param name="type">The static type.</param>
    /// <param name="value">The expression; evaluated once.</param>
    /// <param name="depth">The expression of the depth that has been reached.</param>
    /// <param name="foreign">How many types of other assemblies lie around this one.</param>
    public string Write(ITypeSymbol type, string value, string depth, int foreign = 0)
    {
        if (RedactionPolicy.OfType(type) is { } redaction and not Redaction.None)
            return RedactionPolicy.Statement(redaction, type, value);
        if (SimpleTypes.IsSimple(type))
            return $"writer.Write({value});";
        if (type is IArrayTypeSymbol { Rank: 1 } array && SpanTypes.IsBytes(array.ElementType))
            return $"writer.WriteBytes({value});";
        if (type is IDynamicTypeSymbol)
            return $"writer.WriteUnknown((object?){value}, {depth});";
        if (type is ITypeParameterSymbol || type.SpecialType == SpecialType.System_Object)
            return type is ITypeParameterSymbol { AllowsRefLikeType: true } ? Opaque(type) : $"writer.WriteUnknown({value}, {depth});";
        if (SpanTypes.ElementOf(type) is { } element && (SpanTypes.IsText(element) || SpanTypes.IsBytes(element)))
            return $"writer.Write({value});";
        if (TypeNames.NeedsUnsafe(type) || !TypeNames.CanName(compilation, type) || foreign > MaxForeignDepth)
            return Opaque(type);
        if (!IsEncodable(type))
            return type.IsRefLikeType ? Opaque(type) : $"writer.WriteUnknown({value}, {depth});";
        return $"{place.Holder}{NameOf(type, foreign)}{TypeParameterText.Listed(TypeParameterText.In(type))}(writer, {value}, {depth});";
    }

    /// <summary>Writes all encoders that were asked for, and those that they need in turn.</summary>
    public void Emit(SourceWriter output)
    {
        while (_pending.Count > 0)
        {
            (ITypeSymbol type, string name, int foreign) = _pending.Dequeue();
            IReadOnlyList<ITypeParameterSymbol> parameters = TypeParameterText.In(type);
            output.Line();
            output.Line($"{place.Access} static void {name}{TypeParameterText.Listed(parameters)}(PayloadWriter writer, {TypeNames.Full(type)} value, int depth)");
            foreach (string constraint in TypeParameterText.Constraints(parameters))
                output.Line("    " + constraint);
            output.Open();
            EmitBody(output, type, foreign);
            output.Close();
        }
        if (_texts.Count > 0)
            output.Line();
        foreach (KeyValuePair<string, string> text in _texts)
            output.Line($"{place.Access} static readonly uint {text.Value} = CallSites.Text({Literals.Text(text.Key)});");
    }

    /// <summary>The statement that names the value that follows.</summary>
    public string NameOf(string member)
    {
        if (!_texts.TryGetValue(member, out string? field))
        {
            string name = "s_text_" + Identifiers.From(member);
            field = name;
            for (int i = 2; !_taken.Add(field); i++)
                field = $"{name}_{i}";
            _texts.Add(member, field);
        }
        return $"writer.Name({place.Holder}{field});";
    }

    /// <summary>Statements are written over <c>writer</c>; where that is a user's name, or taken, ours is another.</summary>
    public static string WithWriter(string statement, string writer) => writer == "writer"
        ? statement
        : statement.StartsWith("writer.", StringComparison.Ordinal)
            ? writer + statement.Substring("writer".Length)
            : statement.Replace("(writer, ", $"({writer}, ");

    private static string Opaque(ITypeSymbol type) => $"writer.WriteOpaque({Literals.Text(TypeNames.ForRecord(type))});";

    /// <summary>Whether values of the type are written as more than the name of their type.</summary>
    public static bool IsEncodable(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || type.IsTupleType
        || SimpleTypes.IsBinaryData(type)
        || CollectionShape.Of(type) is not null
        || KnownWrappers.InnerOf(type) is not null
        || MemberReader.HasReadableMembers(type);

    private string NameOf(ITypeSymbol type, int foreign)
    {
        if (_names.TryGetValue(type, out string? known))
            return known;
        string name = "Write_" + Identifiers.From(TypeNames.Short(type));
        for (int i = 2; !_taken.Add(name); i++)
            name = $"Write_{Identifiers.From(TypeNames.Short(type))}_{i}";
        _names.Add(type, name);
        _pending.Enqueue((type, name, foreign));
        return name;
    }

    private void EmitBody(SourceWriter output, ITypeSymbol type, int foreign)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            EmitEnum(output, (INamedTypeSymbol)type);
            return;
        }
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            output.Open("if (value.HasValue)");
            output.Line(Write(((INamedTypeSymbol)type).TypeArguments[0], "value.GetValueOrDefault()", "depth", foreign));
            output.Close();
            output.Line("else");
            output.Line("    writer.WriteNull();");
            return;
        }
        if (!type.IsValueType)
        {
            output.Open("if (value is null)");
            output.Line("writer.WriteNull();");
            output.Line("return;");
            output.Close();
        }
        // Without room nothing more would be taken, and a densely linked graph has more paths than can be walked.
        output.Open("if (depth >= PayloadWriter.MaxDepth || !writer.HasRoom)");
        output.Line(Opaque(type));
        output.Line("return;");
        output.Close();
        output.Line("int mark = writer.Mark();");
        output.Open("try");
        if (SimpleTypes.IsBinaryData(type))
            output.Line("writer.WriteUtf8(value.ToMemory().Span);");
        else if (KnownWrappers.InnerOf(type) is { } inner)
            output.Line(Write(inner.Type, $"value.{inner.Member}", "depth", foreign));
        else if (CollectionShape.Of(type) is { Rank: > 1 } block)
            EmitBlock(output, block, foreign);
        else if (CollectionShape.Of(type) is { } collection)
            EmitCollection(output, collection, foreign);
        else if (type.IsTupleType)
            EmitTuple(output, (INamedTypeSymbol)type, foreign);
        else
            EmitMembers(output, type, foreign);
        output.Close();
        output.Open("catch (global::System.Exception failure)");
        output.Line("writer.ReplaceByFailure(mark, failure);");
        output.Close();
    }

    private static void EmitEnum(SourceWriter output, INamedTypeSymbol type)
    {
        output.Open("switch (value)");
        var seen = new HashSet<object>();
        var names = new HashSet<string>(StringComparer.Ordinal) { "" };
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field is { HasConstantValue: true, ConstantValue: { } constant } && names.Add(field.Name) && seen.Add(constant) && !Obsolescence.IsError(field))
                output.Line($"case {TypeNames.Full(type)}.{Identifiers.Escape(field.Name)}: writer.Write({Literals.Text(field.Name)}); break;");
        }
        bool hasFlags = type.GetAttributes().Any(static a => a.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" });
        output.Line(hasFlags
            ? "default: writer.WriteFlags(value.ToString()); break;"
            : $"default: writer.Write(({TypeNames.Full(type.EnumUnderlyingType!)})value); break;");
        output.Close();
    }

    /// <summary>An array of several dimensions is written as arrays of arrays; its limit is one for all of it.</summary>
    private void EmitBlock(SourceWriter output, CollectionShape block, int foreign)
    {
        output.Line("int count = 0;");
        output.Line("writer.BeginArray();");
        var indices = new List<string>();
        for (int i = 0; i < block.Rank; i++)
        {
            string index = $"i{i}";
            indices.Add(index);
            output.Open($"for (int {index} = value.GetLowerBound({i}); {index} <= value.GetUpperBound({i}) && count < PayloadWriter.MaxItems && writer.HasRoom; {index}++)");
            output.Line(i < block.Rank - 1 ? "writer.BeginArray();" : "count++;");
        }
        output.Line(Write(block.Element, $"value[{string.Join(", ", indices)}]", "depth + 1", foreign));
        for (int i = 1; i < block.Rank; i++)
        {
            output.Close();
            output.Line("writer.Close();");
        }
        output.Close();
        output.Line("writer.WriteRest(value.Length, isMap: false);");
        output.Line("writer.Close();");
    }

    private void EmitCollection(SourceWriter output, CollectionShape collection, int foreign)
    {
        if (collection.NeedsMaterialisedCheck)
        {
            // A lazy sequence runs code of its own when it is read, so reading it here would change what the program does.
            output.Open($"if (value is not (global::System.Collections.Generic.ICollection<{TypeNames.Full(collection.Element)}> or global::System.Collections.Generic.IReadOnlyCollection<{TypeNames.Full(collection.Element)}>))");
            output.Line("writer.WriteOpaque(value.GetType().ToString());");
            output.Line("return;");
            output.Close();
        }
        if (collection.MayBeDefault)
        {
            output.Open("if (value.IsDefault)");
            output.Line("writer.WriteNull();");
            output.Line("return;");
            output.Close();
        }
        bool isMap = collection.TextKey;
        output.Line(isMap ? "writer.BeginObject();" : "writer.BeginArray();");
        output.Line("int count = 0;");
        output.Open(collection.PatternGivesElement
            ? "foreach (var item in value)"
            : $"foreach (var item in (global::System.Collections.Generic.IEnumerable<{TypeNames.Full(collection.Element)}>)value)");
        output.Line("if (count == PayloadWriter.MaxItems || !writer.HasRoom)");
        output.Line("    break;");
        output.Line("count++;");
        if (isMap)
        {
            EmitEntry(output, ((INamedTypeSymbol)collection.Element).TypeArguments[1], foreign);
        }
        else
        {
            output.Line(Write(collection.Element, "item", "depth + 1", foreign));
        }
        output.Close();
        if (collection.Count is { } member)
        {
            output.Line($"writer.WriteRest(value.{member}, isMap: false);");
        }
        else
        {
            output.Line("if (count == PayloadWriter.MaxItems)");
            output.Line($"    writer.WriteRest<{TypeNames.Full(collection.Element)}>(value, {(isMap ? "isMap: true" : "isMap: false")});");
        }
        output.Line("writer.Close();");
    }

    /// <summary>A key that is named like a secret is one, if what it stands for can be.</summary>
    private void EmitEntry(SourceWriter output, ITypeSymbol valueType, int foreign)
    {
        string write = Write(valueType, "item.Value", "depth + 1", foreign);
        if (valueType is ITypeParameterSymbol or IDynamicTypeSymbol || valueType.SpecialType == SpecialType.System_Object)
        {
            output.Line("if (!writer.NameSecret(item.Key, isText: (object?)item.Value is string))");
            output.Line("    " + write);
        }
        else if (SecretHolders.MayHold(valueType, SecretName.Always))
        {
            output.Line($"if (!writer.NameSecret(item.Key, isText: {(SecretHolders.IsText(valueType) ? "true" : "false")}))");
            output.Line("    " + write);
        }
        else
        {
            output.Line("writer.Name(item.Key);");
            output.Line(write);
        }
    }

    private void EmitTuple(SourceWriter output, INamedTypeSymbol tuple, int foreign)
    {
        output.Line("writer.BeginObject();");
        foreach (IFieldSymbol element in tuple.TupleElements)
        {
            output.Line(NameOf(element.Name));
            output.Line(Write(element.Type, $"value.{Identifiers.Escape(element.Name)}", "depth + 1", foreign));
        }
        output.Line("writer.Close();");
    }

    private void EmitMembers(SourceWriter output, ITypeSymbol type, int foreign)
    {
        bool isForeign = !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
        if (type.IsAbstract)
        {
            // What it really is may be a value that can be written in full.
            output.Line("if (writer.TryWriteKnown(value, depth))");
            output.Line("    return;");
        }
        output.Line("writer.BeginObject();");
        if (type.IsAbstract)
        {
            // Only the members of the static type are read; which type it really was is still worth knowing.
            output.Line(NameOf("$type"));
            output.Line("writer.Write(value.GetType().Name);");
        }
        foreach (ISymbol member in MemberReader.ReadableMembers(type).Take(MaxMembers))
        {
            ITypeSymbol memberType = member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
            output.Line(NameOf(member.Name));
            string value = $"{OwnerOf(member, type)}.{Identifiers.Escape(member.Name)}";
            output.Line(RedactionPolicy.Of(member, type).Redaction is var redaction and not Redaction.None
                ? RedactionPolicy.Statement(redaction, memberType, value)
                : ToolArgumentsOf(member, memberType, value) ?? Write(memberType, value, "depth + 1", isForeign ? foreign + 1 : foreign));
        }
        output.Line("writer.Close();");
    }

    /// <summary>
    /// Clients keep the arguments of a tool's call as the JSON text that came from the model, whose members may be named like secrets though
    /// no member of a type is.
    /// </summary>
    private static string? ToolArgumentsOf(ISymbol member, ITypeSymbol type, string value)
    {
        if (!member.Name.EndsWith("Arguments", StringComparison.Ordinal))
            return null;
        if (type.SpecialType == SpecialType.System_String)
            return $"writer.WriteArguments({value});";
        return SimpleTypes.IsBinaryData(type) ? $"writer.WriteArguments({value}?.ToString());" : null;
    }

    /// <summary>The value as the type that declares the member: in its own type another member may hide that, or have the same name.</summary>
    private string OwnerOf(ISymbol member, ITypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingType, type) || !TypeNames.CanName(compilation, member.ContainingType)
            ? "value"
            : $"(({TypeNames.Full(member.ContainingType)})value)";
}
