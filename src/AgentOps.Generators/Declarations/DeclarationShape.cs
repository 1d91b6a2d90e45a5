using System.Collections.Immutable;
using AgentOps.Generators.Adapters;

namespace AgentOps.Generators.Declarations;

/// <summary>
/// All that a call's meaning can depend on outside its own file. Compared by reference on purpose: while every file's
/// declarations and the environment stay equal the old object stays, and any change makes a new one.
/// </summary>
internal sealed class DeclarationShape
{
    private DeclarationShape(
        RecordedNames attributes, RecordedNames allNames, RecordedNames ownNames, RecordedNames redactingNames, SearchTerms terms, ProjectEnvironment environment, HiddenNamespaces hidden)
    {
        Attributes = attributes;
        AllNames = allNames;
        Terms = terms;
        OwnNames = ownNames;
        RedactingNames = redactingNames;
        Environment = environment;
        Hidden = hidden;
    }

    /// <summary>The names under which the attributes are known in this project.</summary>
    public RecordedNames Attributes { get; }

    /// <summary>Names of this project and of the assemblies it references, whether calls of them are recorded or not.</summary>
    public RecordedNames AllNames { get; }

    /// <summary>What a file must mention to be bound.</summary>
    public SearchTerms Terms { get; }

    /// <summary>Names declared in this project.</summary>
    public RecordedNames OwnNames { get; }

    /// <summary>Names of this project's methods that keep an argument or their result out of the record.</summary>
    public RecordedNames RedactingNames { get; }

    public ProjectEnvironment Environment { get; }

    /// <summary>What the project's types hide of what generated code has to name: nothing is generated unless it is nothing.</summary>
    public HiddenNamespaces Hidden { get; }

    /// <summary>Whether a build wants to know what became of every call, and any is recorded.</summary>
    public bool WantsReport => Hidden == HiddenNamespaces.None && Environment.WantsReport;

    public static DeclarationShape Create(
        ImmutableArray<FileDeclarations> files, ProjectEnvironment environment, CancellationToken cancellation)
    {
        HashSet<string> attributes = WithAliases(RecordedAttributeNames.InSource, files);
        HashSet<string> interfaceMarks = WithAliases(RecordedAttributeNames.OfInterfaces, files);
        HashSet<string> names = MethodsWith(attributes, files);
        IReadOnlyCollection<string> referenced = environment.GetReferencedNames(cancellation);
        HiddenNamespaces hidden = files.Aggregate(HiddenNamespaces.None, static (all, file) => all | file.Hidden);
        bool hasRuntime = environment.HasRuntime && hidden == HiddenNamespaces.None;
        var own = new RecordedNames(hasRuntime ? names : []);
        names.UnionWith(referenced);
        var redacting = new RecordedNames(MethodsWith(WithAliases(RecordedAttributeNames.RedactInSource, files), files));
        bool isRecording = hasRuntime && environment.IsRecording;
        // What a project declares must exist even if nothing is recorded: its own code uses it.
        var terms = new SearchTerms(
            new RecordedNames(isRecording ? names : []),
            own,
            new RecordedNames(hasRuntime ? interfaceMarks : []),
            isRecording ? FactoryNames.Of(environment.Frameworks, files) : FactoryNames.None,
            hasRuntime);
        return new DeclarationShape(new RecordedNames(attributes), new RecordedNames(names), own, redacting, terms, environment, hidden);
    }

    private static HashSet<string> WithAliases(string[] inSource, ImmutableArray<FileDeclarations> files)
    {
        var attributes = new HashSet<string>(inSource, StringComparer.Ordinal);
        foreach (FileDeclarations file in files)
        {
            foreach ((string alias, string target) in file.Aliases)
            {
                if (inSource.Contains(target))
                    attributes.Add(alias);
            }
        }
        return attributes;
    }

    private static HashSet<string> MethodsWith(HashSet<string> attributes, ImmutableArray<FileDeclarations> files)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (FileDeclarations file in files)
        {
            foreach ((string attribute, string method) in file.AttributedMethods)
            {
                if (attributes.Contains(attribute) || attributes.Contains(attribute + "Attribute"))
                    names.Add(method);
            }
        }
        return names;
    }
}
