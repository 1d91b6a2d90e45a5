using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>
/// Makes the semantic model that calls are bound with. It leaves out the analysis of nullability, which walks whole bodies and
/// decides nothing here: what is generated repeats what the method declares.
/// </summary>
internal static class BindingModel
{
    private static volatile bool s_isOptionMissing;

    public static SemanticModel Of(Compilation compilation, SyntaxTree tree)
    {
        if (!s_isOptionMissing)
        {
            try
            {
                return WithoutNullability(compilation, tree);
            }
            catch (MissingMemberException)
            {
                // The option is marked experimental, so that a later compiler may not have it.
                s_isOptionMissing = true;
            }
        }
        return compilation.GetSemanticModel(tree);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SemanticModel WithoutNullability(Compilation compilation, SyntaxTree tree) =>
#pragma warning disable RSEXPERIMENTAL001
        compilation.GetSemanticModel(tree, SemanticModelOptions.DisableNullableAnalysis);
#pragma warning restore RSEXPERIMENTAL001
}
