using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Which argument of a model call says which model is asked.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Member">The expression that reads the model from it, over <c>argument</c>; <see langword="null"/> if it is the model itself.</param>
internal sealed record AskedModel(IParameterSymbol Parameter, string? Member)
{
    private static readonly string[] s_names = ["model", "modelid", "modelname", "deployment", "deploymentname"];
    private static readonly string[] s_members = ["ModelId", "Model", "DeploymentName"];

    /// <summary>The argument; <see langword="null"/> if none says it.</summary>
    /// <param name="parameters">Those whose values may be recorded.</param>
    /// <param name="compilation">What generated code is part of.</param>
    public static AskedModel? Of(IEnumerable<IParameterSymbol> parameters, Compilation compilation)
    {
        IParameterSymbol[] all = [.. parameters.Where(static p => p.RefKind != RefKind.Out)];
        return all.Where(static p => ModelMark.Of(p) is not null).Select(p => Itself(p, compilation)).FirstOrDefault(static m => m is not null)
            ?? all.Where(static p => s_names.Contains(UsageShape.Plain(p.Name)) && p.Type.SpecialType == SpecialType.System_String)
                .Select(p => Itself(p, compilation)).FirstOrDefault(static m => m is not null)
            ?? all.Select(p => Inside(p, compilation)).FirstOrDefault(static m => m is not null);
    }

    private static AskedModel? Itself(IParameterSymbol parameter, Compilation compilation)
    {
        if (parameter.Type.SpecialType == SpecialType.System_String)
            return new AskedModel(parameter, null);
        return CanBeHandedOver(parameter) && LlmStatements.TextOf(ArgumentOf(parameter, compilation)) is { } text ? new AskedModel(parameter, text) : null;
    }

    private static AskedModel? Inside(IParameterSymbol parameter, Compilation compilation)
    {
        if (!CanBeHandedOver(parameter) || parameter.Type.SpecialType != SpecialType.None || parameter.Type.TypeKind is TypeKind.Enum or TypeKind.Delegate or TypeKind.Array)
            return null;
        Bound argument = ArgumentOf(parameter, compilation);
        Bound? marked = argument.Members().Where(static m => ModelMark.Of(m) is not null).Select(m => (Bound?)argument.Of(m)).FirstOrDefault();
        return (marked ?? argument.AtAny(s_members)) is { } model && LlmStatements.TextOf(model) is { } text ? new AskedModel(parameter, text) : null;
    }

    private static Bound ArgumentOf(IParameterSymbol parameter, Compilation compilation) => new("argument", parameter.Type, Bound.CanBeNull(parameter.Type), compilation);

    private static bool CanBeHandedOver(IParameterSymbol parameter) =>
        !parameter.Type.IsRefLikeType && !TypeNames.NeedsUnsafe(parameter.Type) && parameter.Type is not (IDynamicTypeSymbol or ITypeParameterSymbol { AllowsRefLikeType: true });
}
