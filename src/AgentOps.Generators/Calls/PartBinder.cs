using AgentOps.Generators.Bodies;
using AgentOps.Generators.Decorators;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Calls;

/// <summary>Binds the declarations of one file that are to be completed, and has that written: bodies of methods, decorators of interfaces.</summary>
internal static class PartBinder
{
    public static PartResult Bind(CallCandidates candidates, DeclarationShape shape, Compilation compilation, CancellationToken cancellation)
    {
        SyntaxTree tree = candidates.File.Tree;
        SemanticModel model = compilation.GetSemanticModel(tree);
        SyntaxNode root = tree.GetRoot(cancellation);
        var file = new FileIdentity(tree.FilePath, candidates.File.Ordinal, shape.Environment);
        var decorated = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var bodies = new BodyEmitter(file, compilation, shape);
        var decorators = new List<DecoratorEmitter>();
        foreach (int position in candidates.Declarations)
        {
            SyntaxNode? node = root.FindToken(position).Parent?.FirstAncestorOrSelf<SyntaxNode>(n =>
                n is MethodDeclarationSyntax or InterfaceDeclarationSyntax && n.SpanStart == position);
            if (node is MethodDeclarationSyntax syntax
                && model.GetDeclaredSymbol(syntax, cancellation) is { } method && RecordedBody.IsWithoutBody(method) && RecordedMethod.IsMarked(method)
                && RecordedBody.FindCore(method) is { } core && RecordedBody.FindObstacle(method, cancellation) is null)
            {
                bodies.Add(syntax, method, core, cancellation);
            }
            else if (node is InterfaceDeclarationSyntax declaration && model.GetDeclaredSymbol(declaration, cancellation) is { } type
                && IsDecorated(compilation, type) && decorated.Add(type))
            {
                decorators.Add(new DecoratorEmitter(type, file, compilation, shape, cancellation));
            }
        }
        return new PartResult(file.HintNameFor("Bodies"), bodies.Emit(), file.HintNameFor("Decorators"), Emit(file, decorators));
    }

    private static bool IsDecorated(Compilation compilation, INamedTypeSymbol type) =>
        DecoratorMembers.IsMarked(type) && DecoratorMembers.CanName(compilation, type)
        && DecoratorMembers.Of(compilation, type).All(static m => m.Treatment != MemberTreatment.Impossible);

    private static string Emit(FileIdentity file, List<DecoratorEmitter> decorators)
    {
        if (decorators.Count == 0)
            return "";
        SourceWriter output = GeneratedFile.Begin($"The decorators of the recorded interfaces in {file.RelativePath}.");
        foreach (DecoratorEmitter decorator in decorators)
        {
            output.Line();
            decorator.Emit(output);
        }
        return output.ToString();
    }
}

/// <summary>What the declarations of one file yield; a text is empty if there is nothing to complete. Strings only, so that nothing is kept alive.</summary>
internal sealed record PartResult(string BodiesHintName, string Bodies, string DecoratorsHintName, string Decorators);
