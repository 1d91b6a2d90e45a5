using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Adapters;

/// <summary>The types of frameworks, by their metadata names: no package of theirs is referenced.</summary>
internal static class FactoryTypes
{
    public const string AIFunctionFactory = "Microsoft.Extensions.AI.AIFunctionFactory";
    public const string McpServerTool = "ModelContextProtocol.Server.McpServerTool";
    public const string McpBuilderExtensions = "Microsoft.Extensions.DependencyInjection.McpServerBuilderExtensions";
    public const string KernelFunctionFactory = "Microsoft.SemanticKernel.KernelFunctionFactory";
    public const string KernelPluginFactory = "Microsoft.SemanticKernel.KernelPluginFactory";

    public static Frameworks ReferencedBy(Compilation compilation)
    {
        Frameworks found = Frameworks.None;
        if (Has(compilation, AIFunctionFactory) && Has(compilation, "Microsoft.Extensions.AI.DelegatingAIFunction"))
            found |= Frameworks.ExtensionsAI;
        if (Has(compilation, McpServerTool))
            found |= Frameworks.ModelContextProtocol;
        if (Has(compilation, KernelFunctionFactory))
            found |= Frameworks.SemanticKernel;
        return found;
    }

    private static bool Has(Compilation compilation, string type) => compilation.GetTypeByMetadataName(type) is not null;
}
