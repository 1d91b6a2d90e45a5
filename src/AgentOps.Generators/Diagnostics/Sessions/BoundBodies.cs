using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>Binds declarations anywhere in a project, with one semantic model a file.</summary>
internal sealed class BoundBodies(Compilation compilation)
{
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];

    public SemanticModel ModelOf(SyntaxTree tree)
    {
        if (!_models.TryGetValue(tree, out SemanticModel? model))
        {
            // The end of a compilation hands out no models, and what is bound here is bound nowhere else.
#pragma warning disable RS1030
            _models.Add(tree, model = compilation.GetSemanticModel(tree));
#pragma warning restore RS1030
        }
        return model;
    }

    /// <summary>The operation of a declaration's body; <see langword="null"/> if it has none, or does not belong to the project.</summary>
    public IOperation? Find(SyntaxNode declaration, CancellationToken cancellation) =>
        compilation.ContainsSyntaxTree(declaration.SyntaxTree) ? ModelOf(declaration.SyntaxTree).GetOperation(declaration, cancellation) : null;
}
