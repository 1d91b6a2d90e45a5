using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Tests.Corpus;

/// <summary>Makes a project of decompiled sources whole, and marks every ordinary method in it.</summary>
internal static class MarkedSources
{
    private const int MostRounds = 4;

    /// <summary>What does not compile is left out: a body if the error is in one, and else the file.</summary>
    public static CSharpCompilation Sound(CSharpCompilation compilation, CancellationToken cancellation)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            ILookup<SyntaxTree?, Diagnostic> errors = compilation.GetDiagnostics(cancellation)
                .Where(static d => d.Severity == DiagnosticSeverity.Error)
                .ToLookup(static d => d.Location.SourceTree);
            if (errors.Count == 0)
                break;
            foreach (IGrouping<SyntaxTree?, Diagnostic> inFile in errors)
                compilation = LeaveOut(compilation, inFile.Key!, inFile, cancellation);
        }
        return compilation;
    }

    /// <summary>Marks methods all over the project, as tools and as actions by turns, and has code that says it is generated say so no longer: what is generated is not analysed.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="most">About how many are marked. If there are more, they are left out evenly.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static CSharpCompilation Mark(CSharpCompilation compilation, int most, CancellationToken cancellation)
    {
        ILookup<SyntaxTree, MemberDeclarationSyntax> members = compilation.SyntaxTrees
            .SelectMany(tree => tree.GetRoot(cancellation).DescendantNodes(static node => node is not StatementSyntax).OfType<MemberDeclarationSyntax>())
            .ToLookup(static member => member.SyntaxTree);
        int every = 1 + (members.Sum(static inFile => inFile.OfType<MethodDeclarationSyntax>().Count()) / most);
        int seen = 0;
        foreach (IGrouping<SyntaxTree, MemberDeclarationSyntax> inFile in members)
        {
            var changes = new SortedDictionary<int, TextChange>();
            foreach (MemberDeclarationSyntax member in inFile)
            {
                foreach (AttributeListSyntax list in member.AttributeLists.Where(static list => list.Attributes.Any(static a => a.Name.ToString() == "GeneratedCode")))
                    changes[list.FullSpan.Start] = new TextChange(list.FullSpan, "");
                if (member is MethodDeclarationSyntax && seen++ % every == 0)
                {
                    SyntaxToken first = member.ChildNodesAndTokens().First(static child => child.AsNode() is not AttributeListSyntax) is var child && child.AsNode() is { } node ? node.GetFirstToken() : child.AsToken();
                    changes[first.SpanStart] = new TextChange(new TextSpan(first.SpanStart, 0), seen / every % 2 == 0 ? "[global::AgentOps.RecordTool] " : "[global::AgentOps.RecordAction] ");
                }
            }
            if (changes.Count > 0)
                compilation = Change(compilation, inFile.Key, changes.Values, cancellation);
        }
        return compilation;
    }

    private static CSharpCompilation LeaveOut(CSharpCompilation compilation, SyntaxTree tree, IEnumerable<Diagnostic> errors, CancellationToken cancellation)
    {
        SyntaxNode root = tree.GetRoot(cancellation);
        var bodies = new SortedDictionary<int, TextChange>();
        foreach (Diagnostic error in errors)
        {
            SyntaxNode? body = root.FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true).AncestorsAndSelf().LastOrDefault(IsBody);
            if (body is null)
                return compilation.RemoveSyntaxTrees(tree);
            bodies[body.SpanStart] = new TextChange(body.Span, body is BlockSyntax ? "{ throw null; }" : "=> throw null");
        }
        return Change(compilation, tree, bodies.Values, cancellation);
    }

    private static bool IsBody(SyntaxNode node) => node switch
    {
        BlockSyntax => node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax,
        ArrowExpressionClauseSyntax => node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax,
        _ => false,
    };

    private static CSharpCompilation Change(CSharpCompilation compilation, SyntaxTree tree, IEnumerable<TextChange> changes, CancellationToken cancellation)
    {
        SourceText text = SourceText.From(tree.GetText(cancellation).WithChanges(changes).ToString(), System.Text.Encoding.UTF8);
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath, cancellation));
    }
}
