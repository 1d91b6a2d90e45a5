using System.Runtime.CompilerServices;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Declarations;

/// <summary>
/// Fingerprints the declarations of a file: every token and node except what stands in bodies. An edit that leaves the
/// fingerprint as it is cannot change what a call in another file means.
/// </summary>
/// <remarks>
/// Dropped are only method and accessor bodies, constructor initialisers, initial values of properties and non-constant fields,
/// and top-level statements; each leaves a marker. Everything unknown is kept, so new syntax errs towards binding again. Some
/// things reach out of a body all the same and are kept: <c>#nullable</c>; in structs, the keyword <c>field</c> and captured
/// primary-constructor parameters, which decide whether the struct is unmanaged; names that top-level statements declare.
/// </remarks>
internal sealed class DeclarationWalker
{
    private const ulong BodyMarker = 1;
    private const ulong FieldKeywordMarker = 2;
    private const ulong NoFieldKeywordMarker = 3;
    private const ulong CaptureMarker = 4;
    private const ulong TopLevelMarker = 5;
    private const ulong LocalFunctionMarker = 6;
    private const ulong PureMarker = 7;
    private const ulong NotPureMarker = 8;
    private const ulong EndMarker = 9;
    private const ulong GeneratedMarker = 10;

    private static readonly ConditionalWeakTable<SyntaxTree, FileDeclarations> s_known = new();

    private readonly FingerprintBuilder _fingerprint = new();
    private readonly List<(string, string)> _attributedMethods = [];
    private readonly List<(string, string)> _aliases = [];
    private readonly CancellationToken _cancellation;
    private bool _hasTopLevelStatements;
    private HiddenNamespaces _hidden;

    private DeclarationWalker(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>What stands in a file; kept as long as the file is, for the analyzers come after the generator and ask the same.</summary>
    public static FileDeclarations Of(SyntaxTree tree, CancellationToken cancellation) =>
        s_known.TryGetValue(tree, out FileDeclarations? known) ? known : Add(tree, cancellation);

    private static FileDeclarations Add(SyntaxTree tree, CancellationToken cancellation) => s_known.GetValue(tree, _ => Walk(tree, cancellation));

    private static FileDeclarations Walk(SyntaxTree tree, CancellationToken cancellation)
    {
        var walker = new DeclarationWalker(cancellation);
        SyntaxNode root = tree.GetRoot(cancellation);
        // By its name a file may count as generated, which turns its nullable context off.
        walker._fingerprint.Add(tree.FilePath);
        walker.GeneratedMark(root);
        walker.Node(root, Surroundings.None);
        return new FileDeclarations(walker._fingerprint.Build(), [.. walker._attributedMethods], [.. walker._aliases], walker._hidden);
    }

    /// <summary>What the surrounding type makes of its bodies.</summary>
    [Flags]
    private enum Surroundings
    {
        None = 0,
        Struct = 1,
        Captures = 2,
    }

    private void Node(SyntaxNode node, Surroundings surroundings)
    {
        switch (node)
        {
            case BlockSyntax or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax:
            case EqualsValueClauseSyntax value when IsInitialValue(value):
                Body(node, surroundings);
                return;
            case GlobalStatementSyntax:
                TopLevelStatement(node);
                return;
            case AttributeSyntax { Parent.Parent: MethodDeclarationSyntax method } attribute:
                _attributedMethods.Add((CallSyntax.LastNameOf(attribute.Name), method.Identifier.ValueText));
                break;
            case AttributeSyntax { Parent.Parent: OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax or AccessorDeclarationSyntax } attribute:
                _attributedMethods.Add((CallSyntax.LastNameOf(attribute.Name), RecordedNames.OfOperators));
                break;
            case AttributeSyntax { Parent.Parent: ParameterSyntax { Parent.Parent: MethodDeclarationSyntax method } } attribute:
                _attributedMethods.Add((CallSyntax.LastNameOf(attribute.Name), method.Identifier.ValueText));
                break;
            case MethodDeclarationSyntax method when PureBody.IsTracked(method):
                _fingerprint.Add(PureBody.HasOnlyOperators(method) ? PureMarker : NotPureMarker);
                break;
            case UsingDirectiveSyntax { Alias: { } alias, NamespaceOrType: NameSyntax target }:
                _aliases.Add((alias.Name.Identifier.ValueText, CallSyntax.LastNameOf(target)));
                break;
            case UsingDirectiveSyntax { StaticKeyword.RawKind: (int)SyntaxKind.StaticKeyword, NamespaceOrType: NameSyntax target }:
                _aliases.Add(("", CallSyntax.LastNameOf(target)));
                break;
            case TypeDeclarationSyntax type:
                _cancellation.ThrowIfCancellationRequested();
                surroundings = SurroundingsOf(type);
                break;
        }
        if (node is MemberDeclarationSyntax { Parent: CompilationUnitSyntax })
            _hidden |= HiddenBy(node);
        _fingerprint.Add((uint)node.RawKind);
        foreach (SyntaxNodeOrToken child in node.ChildNodesAndTokens())
        {
            if (child.AsNode() is { } childNode)
                Node(childNode, surroundings);
            else
                Token(child.AsToken());
        }
        _fingerprint.Add(EndMarker);
    }

    private static HiddenNamespaces HiddenBy(SyntaxNode member) => member switch
    {
        // A namespace has no type parameters, and what is local to a file hides nothing in others.
        TypeDeclarationSyntax { TypeParameterList: not null } or DelegateDeclarationSyntax { TypeParameterList: not null } => HiddenNamespaces.None,
        BaseTypeDeclarationSyntax type when !type.Modifiers.Any(SyntaxKind.FileKeyword) => HiddenBy(type.Identifier),
        DelegateDeclarationSyntax type when !type.Modifiers.Any(SyntaxKind.FileKeyword) => HiddenBy(type.Identifier),
        _ => HiddenNamespaces.None,
    };

    private static HiddenNamespaces HiddenBy(SyntaxToken type) => type.ValueText switch
    {
        RecordedAttributeNames.Namespace => HiddenNamespaces.Runtime,
        "System" => HiddenNamespaces.Platform,
        _ => HiddenNamespaces.None,
    };

    private void Token(SyntaxToken token)
    {
        if (token.HasLeadingTrivia && token.ContainsDirectives)
        {
            foreach (SyntaxTrivia trivia in token.LeadingTrivia)
                Nullable(trivia);
        }
        _fingerprint.Add((uint)token.RawKind | (token.IsMissing ? 1UL << 40 : 0));
        // Identifiers and literals; the kind says all there is to say of keywords and punctuation.
        if (token.RawKind >= (int)SyntaxKind.IdentifierToken)
            _fingerprint.Add(token.Text);
    }

    private void Body(SyntaxNode body, Surroundings surroundings)
    {
        _fingerprint.Add(BodyMarker);
        Nullables(body);
        if ((surroundings & Surroundings.Struct) == 0)
            return;
        bool usesField = body.DescendantTokens().Any(static t =>
            t.IsKind(SyntaxKind.FieldKeyword) || (t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == "field"));
        _fingerprint.Add(usesField ? FieldKeywordMarker : NoFieldKeywordMarker);
        if ((surroundings & Surroundings.Captures) == 0)
            return;
        var identifiers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (SyntaxToken token in body.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
                identifiers.Add(token.ValueText);
        }
        foreach (string identifier in identifiers)
            _fingerprint.Add(identifier);
        _fingerprint.Add(CaptureMarker);
    }

    private void TopLevelStatement(SyntaxNode statement)
    {
        if (!_hasTopLevelStatements)
        {
            _hasTopLevelStatements = true;
            _fingerprint.Add(TopLevelMarker);
        }
        Nullables(statement);
        foreach (SyntaxNode node in statement.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax variable: _fingerprint.Add(variable.Identifier.ValueText); break;
                case SingleVariableDesignationSyntax designation: _fingerprint.Add(designation.Identifier.ValueText); break;
                case LocalFunctionStatementSyntax function:
                    _fingerprint.Add(LocalFunctionMarker);
                    _fingerprint.Add(function.Identifier.ValueText);
                    break;
            }
        }
    }

    /// <summary>A file that says it is generated has its nullable context off, which changes the annotations others see.</summary>
    private void GeneratedMark(SyntaxNode root)
    {
        foreach (SyntaxTrivia trivia in root.GetFirstToken(includeZeroWidth: true).LeadingTrivia)
        {
            if (!trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && !trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
                continue;
            string comment = trivia.ToString();
            if (comment.Contains("<auto-generated") || comment.Contains("<autogenerated"))
            {
                _fingerprint.Add(GeneratedMarker);
                return;
            }
        }
    }

    private void Nullables(SyntaxNode node)
    {
        if (!node.ContainsDirectives)
            return;
        foreach (SyntaxTrivia trivia in node.DescendantTrivia())
            Nullable(trivia);
    }

    private void Nullable(SyntaxTrivia trivia)
    {
        if (trivia.IsKind(SyntaxKind.NullableDirectiveTrivia))
            _fingerprint.Add(trivia.ToString());
    }

    private static bool IsInitialValue(EqualsValueClauseSyntax value) => value.Parent switch
    {
        PropertyDeclarationSyntax => true,
        VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        VariableDeclaratorSyntax => true,
        _ => false,
    };

    private static Surroundings SurroundingsOf(TypeDeclarationSyntax type)
    {
        if (!type.IsKind(SyntaxKind.StructDeclaration) && !type.IsKind(SyntaxKind.RecordStructDeclaration))
            return Surroundings.None;
        bool mayCapture = type.ParameterList is not null || type.Modifiers.Any(SyntaxKind.PartialKeyword);
        return mayCapture ? Surroundings.Struct | Surroundings.Captures : Surroundings.Struct;
    }
}
