using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tools;

/// <summary>
/// What <see cref="RedactAttribute"/> keeps out of the record of functions, which must not come in by what the model says of their
/// calls. Whatever the strength of the mark, the value is erased there.
/// </summary>
internal sealed class ToolSecrets
{
    private static readonly ConditionalWeakTable<AIFunction, OfFunction> s_known = [];

    private readonly Dictionary<string, OfFunction> _byName = new(StringComparer.Ordinal);

    private sealed record OfFunction(HashSet<string> Parameters, bool Result)
    {
        public bool IsEmpty => Parameters.Count == 0 && !Result;
    }

    private ToolSecrets()
    {
    }

    public static ToolSecrets None { get; } = new();

    /// <summary>The secrets of tools; <see cref="None"/> if they have none.</summary>
    public static ToolSecrets Of(IList<AITool>? tools)
    {
        ToolSecrets? secrets = null;
        try
        {
            for (int i = 0; i < tools?.Count; i++)
            {
                if (tools[i] is AIFunction { UnderlyingMethod: not null } function && s_known.GetValue(function, Read) is { IsEmpty: false } known)
                    (secrets ??= new ToolSecrets())._byName[function.Name] = known;
            }
        }
        catch (Exception)
        {
            // The list, or a function, is of the user's own class and cannot be asked; the client will tell.
        }
        return secrets ?? None;
    }

    public bool Covers(string function, string parameter) => _byName.TryGetValue(function, out OfFunction? known) && known.Parameters.Contains(parameter);

    public bool CoversResult(string function) => _byName.TryGetValue(function, out OfFunction? known) && known.Result;

    private static OfFunction Read(AIFunction function)
    {
        MethodInfo method = function.UnderlyingMethod!;
        return new OfFunction(
            [.. method.GetParameters().Where(IsRedacted).Select(static parameter => parameter.Name ?? "")],
            IsRedacted(method.ReturnParameter));
    }

    private static bool IsRedacted(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<RedactAttribute>(inherit: false) is { Redaction: not Redaction.None };
}
