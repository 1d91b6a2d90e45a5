using System.Collections.Immutable;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Adapters;

/// <summary>How calls of a framework's factories look before they are bound. More may look like it than are: binding decides.</summary>
/// <param name="Mentioned">What a file must mention.</param>
/// <param name="Types">Names of the types, aliases included.</param>
/// <param name="HasStaticUsing">Whether somewhere the type's name may be left out.</param>
internal sealed record FactoryNames(RecordedNames Mentioned, RecordedNames Types, bool HasStaticUsing)
{
    private const string Create = "Create";

    /// <summary>Types whose static methods make functions.</summary>
    private static readonly (Frameworks Framework, string Type)[] s_types =
    [
        (Frameworks.ExtensionsAI, "AIFunctionFactory"),
        (Frameworks.ModelContextProtocol, "McpServerTool"),
        (Frameworks.SemanticKernel, "KernelFunctionFactory"),
        (Frameworks.SemanticKernel, "KernelPluginFactory"),
    ];

    /// <summary>Methods whose own name says enough.</summary>
    private static readonly (Frameworks Framework, string Method)[] s_methods =
    [
        (Frameworks.ModelContextProtocol, "WithTools"),
        (Frameworks.ModelContextProtocol, "WithToolsFromAssembly"),
        (Frameworks.SemanticKernel, "CreateFromMethod"),
        (Frameworks.SemanticKernel, "CreateFromType"),
        (Frameworks.SemanticKernel, "CreateFromObject"),
    ];

    public static readonly FactoryNames None = new(new RecordedNames([]), new RecordedNames([]), HasStaticUsing: false);

    public bool IsEmpty => Mentioned.IsEmpty;

    /// <param name="frameworks">What the project references.</param>
    /// <param name="files">Its files, for the other names they give to types. A type that is used without its name has an empty one.</param>
    public static FactoryNames Of(Frameworks frameworks, ImmutableArray<FileDeclarations> files)
    {
        if (frameworks == Frameworks.None)
            return None;
        var types = new HashSet<string>(s_types.Where(t => (frameworks & t.Framework) != 0).Select(static t => t.Type), StringComparer.Ordinal);
        bool hasStaticUsing = false;
        var aliases = new List<string>();
        foreach (FileDeclarations file in files)
        {
            foreach ((string alias, string target) in file.Aliases)
            {
                if (!types.Contains(target))
                    continue;
                hasStaticUsing |= alias.Length == 0;
                aliases.Add(alias);
            }
        }
        types.UnionWith(aliases);
        types.Remove("");
        IEnumerable<string> methods = s_methods.Where(m => (frameworks & m.Framework) != 0).Select(static m => m.Method);
        return new FactoryNames(new RecordedNames([.. types, .. methods, .. hasStaticUsing ? (string[])[Create] : []]), new RecordedNames(types), hasStaticUsing);
    }

    /// <summary>Whether a call may be one of a factory.</summary>
    public bool MayBe(InvocationExpressionSyntax call, SimpleNameSyntax method)
    {
        if (IsEmpty)
            return false;
        if (method.Identifier.ValueText != Create)
            return s_methods.Any(m => m.Method == method.Identifier.ValueText);
        return call.Expression switch
        {
            MemberAccessExpressionSyntax access => Types.Contains(CallSyntax.LastNameOf(access.Expression)),
            _ => HasStaticUsing,
        };
    }
}

/// <summary>Frameworks that take tools as delegates, as far as a project references them.</summary>
[Flags]
internal enum Frameworks
{
    None = 0,
    ExtensionsAI = 1,
    ModelContextProtocol = 2,
    SemanticKernel = 4,
}
