using System.Runtime.CompilerServices;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>The names of a file's methods that are marked as needing or leaving open a session. Most files are known by their text to have none.</summary>
/// <param name="Requiring">Those that want a session open.</param>
/// <param name="Opening">Those that leave one open.</param>
internal sealed record FileMarks(string[] Requiring, string[] Opening)
{
    private const string AttributeSuffix = "Attribute";

    private static readonly ConditionalWeakTable<SyntaxTree, FileMarks> s_known = new();
    private static readonly FileMarks s_none = new([], []);

    private static readonly string[] s_requires = [SessionTypes.Requires.Replace(AttributeSuffix, ""), SessionTypes.Requires];
    private static readonly string[] s_opens = [SessionTypes.Opens.Replace(AttributeSuffix, ""), SessionTypes.Opens];
    private static readonly RecordedNames s_either = new(s_requires.Concat(s_opens));

    public static FileMarks Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (s_known.TryGetValue(tree, out FileMarks? known))
            return known;
        FileMarks read = MentionedNames.In(tree.GetText(cancellation), s_either) ? Read(tree.GetRoot(cancellation)) : s_none;
        return s_known.GetValue(tree, _ => read);
    }

    private static FileMarks Read(SyntaxNode root)
    {
        MethodDeclarationSyntax[] methods =
        [
            .. root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
                .OfType<MethodDeclarationSyntax>().Where(static m => m.AttributeLists.Count > 0),
        ];
        return new FileMarks(NamesOf(methods, s_requires), NamesOf(methods, s_opens));
    }

    private static string[] NamesOf(MethodDeclarationSyntax[] methods, string[] marks) =>
        [.. methods.Where(m => CallSyntax.HasAttribute(m.AttributeLists, name => marks.Contains(name, StringComparer.Ordinal))).Select(static m => m.Identifier.ValueText)];
}
