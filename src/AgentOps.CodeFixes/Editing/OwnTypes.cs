using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Editing;

/// <summary>How code refers to the recorder's own types: by their name where that means them, with an import where it means nothing, else by the full name.</summary>
internal static class OwnTypes
{
    private const string Namespace = "AgentOps";
    private const string Suffix = "Attribute";

    /// <summary>Whether a project can use a type at all.</summary>
    public static bool AreThere(Compilation compilation, string type) => compilation.GetTypeByMetadataName($"{Namespace}.{type}") is not null;

    /// <summary>The name of an attribute as it is written.</summary>
    /// <param name="source">The file.</param>
    /// <param name="position">Where it is written.</param>
    /// <param name="attribute">The attribute's class, for example <c>RedactAttribute</c>.</param>
    /// <param name="edits">Gets the import if one is needed.</param>
    public static string Attribute(SourceDocument source, int position, string attribute, EditSet edits) =>
        Reference(source, position, attribute, attribute.Substring(0, attribute.Length - Suffix.Length), edits);

    /// <summary>The name of a type as it is written.</summary>
    public static string Name(SourceDocument source, int position, string type, EditSet edits) => Reference(source, position, type, type, edits);

    private static string Reference(SourceDocument source, int position, string type, string written, EditSet edits)
    {
        ImmutableArray<ISymbol> found = source.Model.LookupSymbols(position, name: type);
        // An attribute may be called by its whole name, too, but only attributes are looked for.
        if (written != type && source.Model.LookupNamespacesAndTypes(position, name: written).OfType<INamedTypeSymbol>().Any(IsAttribute))
            return Full(source, position, written);
        if (found.Length == 0)
            return TryImport(source, edits) ? written : Full(source, position, written);
        return found.Length == 1 && found[0] is INamedTypeSymbol { ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } } ? written : Full(source, position, written);
    }

    private static bool IsAttribute(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (level.ToDisplayString() == "System.Attribute")
                return true;
        }
        return false;
    }

    private static string Full(SourceDocument source, int position, string written)
    {
        bool isNamespace = source.Model.LookupSymbols(position, name: Namespace).FirstOrDefault() is INamespaceSymbol { ContainingNamespace.IsGlobalNamespace: true };
        return $"{(isNamespace ? "" : "global::")}{Namespace}.{written}";
    }

    /// <summary>Imports the namespace where a person would: among the other usings. Where conditions or scripts' directives make that unsure, it is not done.</summary>
    private static bool TryImport(SourceDocument source, EditSet edits)
    {
        if (source.Root is not CompilationUnitSyntax unit || unit.Externs.Count > 0)
            return false;
        string import = $"using {Namespace};{source.NewLine}";
        if (unit.Usings.Count == 0)
        {
            SyntaxToken first = unit.GetFirstToken(includeZeroWidth: true);
            if (first.LeadingTrivia.Any(static t => t.IsDirective))
                return false;
            // A comment at the top is the file's if a namespace follows it, and else may well be that of the first declaration.
            int position = unit.Members.FirstOrDefault() is BaseNamespaceDeclarationSyntax ? first.SpanStart : 0;
            edits.Insert(source, position, import + source.NewLine);
            return true;
        }
        if (unit.Usings.Any(static u => u.ContainsDirectives))
            return false;
        UsingDirectiveSyntax? next = unit.Usings.FirstOrDefault(static u => u.GlobalKeyword.RawKind == 0 && ComesAfter(u));
        if (next is not null && source.BeginsLine(next.SpanStart))
        {
            edits.Insert(source, next.SpanStart, import);
        }
        else
        {
            int end = unit.Usings.Last().Span.End;
            int line = source.Text.Lines.GetLineFromPosition(end).EndIncludingLineBreak;
            if (!source.EndsLine(end) || line == source.Text.Length)
                edits.Insert(source, end, source.NewLine + import.TrimEnd());
            else
                edits.Insert(source, line, import);
        }
        return true;
    }

    private static bool ComesAfter(UsingDirectiveSyntax directive)
    {
        if (directive.Alias is not null || directive.StaticKeyword.RawKind != 0)
            return true;
        string name = directive.NamespaceOrType.ToString();
        return name != "System" && !name.StartsWith("System.", StringComparison.Ordinal) && string.CompareOrdinal(name, Namespace) > 0;
    }
}
