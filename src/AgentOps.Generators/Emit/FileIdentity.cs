using System.Text;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Support;

namespace AgentOps.Generators.Emit;

/// <summary>What a user's file is called in generated code and in the record: relative to its project, never by a machine's path.</summary>
internal sealed class FileIdentity
{
    private const string ManifestName = "RecordedMethods";

    public FileIdentity(string path, int ordinal, ProjectEnvironment environment)
    {
        Project = environment.AssemblyName;
        (RelativePath, bool isInside) = Relative(path, environment.ProjectDirectory);
        string name = System.IO.Path.GetFileNameWithoutExtension(RelativePath);
        ClassName = Identifier(name) + "Calls";
        string hint = RelativePath.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? RelativePath.Substring(0, RelativePath.Length - 3) : RelativePath;
        // Folders become dots. A path that has dots or odd characters of its own, or that is no path of the project's folder, as
        // linked files have, gets a fingerprint so that no two collide.
        string dotted = Sanitized(hint);
        bool ambiguous = dotted != hint.Replace('/', '.') || hint.Contains('.') || ordinal > 0 || !isInside || hint.Equals(ManifestName, StringComparison.OrdinalIgnoreCase);
        HintName = ambiguous ? $"{dotted}.{Short(path, ordinal)}.AgentOps.g.cs" : $"{dotted}.AgentOps.g.cs";
    }

    public string Project { get; }

    public string RelativePath { get; }

    public string HintName { get; }

    public string ClassName { get; }

    /// <summary>The name of another file that is generated for the same file.</summary>
    public string HintNameFor(string part) => HintName.Substring(0, HintName.Length - "g.cs".Length) + part + ".g.cs";

    private static (string Path, bool IsInside) Relative(string path, string projectDirectory)
    {
        string file = path.Replace('\\', '/');
        string directory = projectDirectory.Replace('\\', '/').TrimEnd('/') + "/";
        if (directory.Length > 1 && file.StartsWith(directory, StringComparison.OrdinalIgnoreCase))
            return (file.Substring(directory.Length), true);
        return (file.Substring(file.LastIndexOf('/') + 1), false);
    }

    private static string Sanitized(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (char c in path)
            text.Append(c == '/' ? '.' : char.IsLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_');
        return text.Length == 0 ? "file" : text.ToString();
    }

    private static string Identifier(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (char c in name)
            text.Append(char.IsLetterOrDigit(c) && c < 128 ? c : '_');
        return text.Length == 0 || char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }

    private static string Short(string path, int ordinal)
    {
        var fingerprint = new FingerprintBuilder();
        fingerprint.Add(path);
        fingerprint.Add((ulong)ordinal);
        return ((uint)fingerprint.Build().High).ToString("x8");
    }
}
