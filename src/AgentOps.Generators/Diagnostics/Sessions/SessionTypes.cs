using System.Collections.Concurrent;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>The session of the runtime, and which methods start, need and end one. Looked up once in a compilation.</summary>
internal sealed class SessionTypes
{
    public const string Requires = "RequiresSessionAttribute";
    public const string Opens = "OpensSessionAttribute";

    private readonly INamedTypeSymbol _session;
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _holders = new(SymbolEqualityComparer.Default);

    private SessionTypes(INamedTypeSymbol session) => _session = session;

    public static SessionTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("AgentOps.Session") is { } session ? new SessionTypes(session) : null;

    public bool IsSession(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, _session);

    /// <summary>Whether a method starts or resumes a session.</summary>
    public bool IsStart(IMethodSymbol method) => method is { IsStatic: true, Name: "Start" or "Resume" } && IsSession(method.ContainingType);

    /// <summary>Whether a method runs a delegate in a session of its own.</summary>
    public bool IsRun(IMethodSymbol method) => method is { IsStatic: true, Name: "RunAsync" } && IsSession(method.ContainingType);

    /// <summary>Whether a member belongs to the runtime, which ends no session but by the methods that say so.</summary>
    public bool IsOfRuntime(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _session.ContainingAssembly);

    /// <summary>Whether a type keeps a session, itself or in a type it derives from: then who opened it is not known.</summary>
    public bool Holds(ITypeSymbol? type) =>
        type is INamedTypeSymbol { SpecialType: SpecialType.None } named && _holders.GetOrAdd(named.OriginalDefinition, FindSession);

    /// <summary>Whether a method is given a session, or something that keeps one.</summary>
    public bool IsGivenSession(IMethodSymbol method)
    {
        if (!method.IsStatic && Holds(method.ContainingType))
            return true;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (IsSession(parameter.Type) || Holds(parameter.Type))
                return true;
        }
        return false;
    }

    /// <summary>Whether a method says that its caller must have a session open.</summary>
    public static bool RequiresSession(IMethodSymbol method) => IsMarked(method, Requires);

    /// <summary>Whether a call of the method is lost where no session is open: it is recorded, or says so.</summary>
    public static bool WantsSession(IMethodSymbol method) => RecordedMethod.OfDeclaration(method) is not null || RequiresSession(method);

    /// <summary>Whether a method says that a session is open after it.</summary>
    public static bool OpensSession(IMethodSymbol method) => IsMarked(method, Opens);

    /// <summary>Whether the session has a member of this name.</summary>
    public bool HasMember(string name) => !_session.GetMembers(name).IsEmpty;

    /// <summary>Whether a call ends the session it is made on.</summary>
    public bool IsEnd(IMethodSymbol method) =>
        method.Name is "End" or "Dispose" or "DisposeAsync"
        && (IsSession(method.ContainingType) || method.ContainingType is { ContainingNamespace.Name: "System", Name: "IDisposable" or "IAsyncDisposable" });

    /// <summary>What a value is without conversions and parentheses around it.</summary>
    public static IOperation Stripped(IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion: value = conversion.Operand; break;
                case IParenthesizedOperation parenthesized: value = parenthesized.Operand; break;
                default: return value;
            }
        }
    }

    private bool FindSession(ITypeSymbol type)
    {
        for (ITypeSymbol? level = type; level is { SpecialType: SpecialType.None } && !IsSession(level); level = level.BaseType)
        {
            foreach (ISymbol member in level.GetMembers())
            {
                if (IsSession(member switch { IFieldSymbol field => field.Type, IPropertySymbol property => property.Type, _ => null }))
                    return true;
            }
        }
        return false;
    }

    private static bool IsMarked(IMethodSymbol method, string attribute)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        for (IMethodSymbol? level = definition; level is not null; level = level.OverriddenMethod?.OriginalDefinition)
        {
            if (level.GetAttributes().Any(a => a.OwnName() == attribute)
                || (level.PartialImplementationPart ?? level.PartialDefinitionPart)?.GetAttributes().Any(a => a.OwnName() == attribute) == true)
            {
                return true;
            }
        }
        return false;
    }
}
