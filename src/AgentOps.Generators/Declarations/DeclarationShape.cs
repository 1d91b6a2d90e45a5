using System.Collections.Immutable;

namespace AgentOps.Generators.Declarations;

/// <summary>
/// All that a call's meaning can depend on outside its own file. Compared by reference on purpose: while every file's
/// declarations and the environment stay equal the old object stays, and any change makes a new one.
/// </summary>
internal sealed class DeclarationShape
{
    private DeclarationShape(RecordedNames attributes, RecordedNames allNames, RecordedNames ownNames, ProjectEnvironment environment)
    {
        Attributes = attributes;
        AllNames = allNames;
        Names = environment is { HasRuntime: true, IsRecording: true } ? allNames : new RecordedNames([]);
        OwnNames = ownNames;
        Environment = environment;
    }

    /// <summary>The names under which the attributes are known in this project.</summary>
    public RecordedNames Attributes { get; }

    /// <summary>Names of this project and of the assemblies it references, whether calls of them are recorded or not.</summary>
    public RecordedNames AllNames { get; }

    /// <summary>Names whose calls are recorded; none while recording is off.</summary>
    public RecordedNames Names { get; }

    /// <summary>Names declared in this project.</summary>
    public RecordedNames OwnNames { get; }

    public ProjectEnvironment Environment { get; }

    public static DeclarationShape Create(
        ImmutableArray<FileDeclarations> files, ProjectEnvironment environment, CancellationToken cancellation)
    {
        var attributes = new HashSet<string>(RecordedAttributeNames.InSource, StringComparer.Ordinal);
        foreach (FileDeclarations file in files)
        {
            foreach ((string alias, string target) in file.Aliases)
            {
                if (RecordedAttributeNames.InSource.Contains(target))
                    attributes.Add(alias);
            }
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (FileDeclarations file in files)
        {
            foreach ((string attribute, string method) in file.AttributedMethods)
            {
                if (attributes.Contains(attribute) || attributes.Contains(attribute + "Attribute"))
                    names.Add(method);
            }
        }
        IReadOnlyCollection<string> referenced = environment.GetReferencedNames(cancellation);
        var own = new RecordedNames(environment.HasRuntime ? names : []);
        names.UnionWith(referenced);
        return new DeclarationShape(new RecordedNames(attributes), new RecordedNames(names), own, environment);
    }
}
