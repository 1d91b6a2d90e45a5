using System.Reflection.Metadata;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>
/// What referenced assemblies say of sessions: the methods that are marked, and who uses the recorder and so may start sessions
/// where nobody can see it. Reads the table of attributes, not the types.
/// </summary>
internal sealed class ReferencedSessions
{
    private readonly HashSet<IAssemblySymbol> _users = new(SymbolEqualityComparer.Default);

    private ReferencedSessions()
    {
    }

    /// <summary>Names of methods that want a session open.</summary>
    public HashSet<string> Requiring { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of methods that leave one open.</summary>
    public HashSet<string> Opening { get; } = new(StringComparer.Ordinal);

    public static ReferencedSessions Of(Compilation compilation, CancellationToken cancellation)
    {
        var found = new ReferencedSessions();
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsOfRecorder(assembly) || !assembly.Modules.Any(static m => m.ReferencedAssemblies.Any(static a => a.Name == RecordedAttributeNames.Namespace)))
                continue;
            found._users.Add(assembly);
            found.Read(assembly, cancellation);
        }
        return found;
    }

    /// <summary>Whether a method's assembly uses the recorder, so that the method may start a session.</summary>
    public bool MayOpenSession(IMethodSymbol method) => method.ContainingAssembly is { } assembly && _users.Contains(assembly);

    private static bool IsOfRecorder(IAssemblySymbol assembly) =>
        assembly.Name == RecordedAttributeNames.Namespace || assembly.Name.StartsWith(RecordedAttributeNames.Namespace + ".", StringComparison.Ordinal);

    private void Read(IAssemblySymbol assembly, CancellationToken cancellation)
    {
        if (assembly is ISourceAssemblySymbol source)
        {
            // A project of the same solution in an editor.
            foreach (SyntaxTree tree in source.Compilation.SyntaxTrees)
            {
                FileMarks marks = FileMarks.Of(tree, cancellation);
                Requiring.UnionWith(marks.Requiring);
                Opening.UnionWith(marks.Opening);
            }
            return;
        }
        foreach (ModuleMetadata module in assembly.GetMetadata()?.GetModules() ?? [])
            Read(module.GetMetadataReader());
    }

    private void Read(MetadataReader reader)
    {
        foreach (CustomAttributeHandle handle in reader.CustomAttributes)
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (attribute.Parent.Kind != HandleKind.MethodDefinition || attribute.Constructor.Kind != HandleKind.MemberReference)
                continue;
            EntityHandle parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (parent.Kind != HandleKind.TypeReference)
                continue;
            TypeReference type = reader.GetTypeReference((TypeReferenceHandle)parent);
            if (!reader.StringComparer.Equals(type.Namespace, RecordedAttributeNames.Namespace))
                continue;
            HashSet<string>? names = reader.StringComparer.Equals(type.Name, SessionTypes.Requires) ? Requiring
                : reader.StringComparer.Equals(type.Name, SessionTypes.Opens) ? Opening
                : null;
            names?.Add(reader.GetString(reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Parent).Name));
        }
    }
}
