using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.TestSupport;

/// <summary>
/// A project as large as real ones: ninety calls a file, of which three in each of a hundred files are recorded. What editing it
/// costs is what the generator costs in an editor.
/// </summary>
/// <param name="files">How many files there are beside those that declare tools.</param>
public sealed class LargeProject(int files)
{
    private const int MethodsPerFile = 10;
    private const int ToolFiles = 10;
    private const int ToolsPerFile = 5;
    private const int CallerFiles = 100;
    private const int CallsPerCallerFile = 3;

    /// <summary>The number of calls that are recorded.</summary>
    public const int Sites = CallerFiles * CallsPerCallerFile;

    /// <summary>A file that calls recorded methods.</summary>
    public static int CallerFile => ToolFiles + 10;

    /// <summary>A file that calls none.</summary>
    public int FileElsewhere => files - 1;

    /// <summary>The path of a file by its number.</summary>
    public static string PathOf(int file) => string.Create(CultureInfo.InvariantCulture, $"/project/File{file}.cs");

    /// <summary>All of it, unedited.</summary>
    public CSharpCompilation Compile()
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(
        [
            .. Enumerable.Range(0, files).Select(file => (PathOf(file), Text(file, edits: 0))),
            .. Enumerable.Range(0, ToolFiles).Select(static file => (string.Create(CultureInfo.InvariantCulture, $"/project/Tools{file}.cs"), Tools(file))),
        ]);
        // Whoever measures may have recorded methods of names that every file calls, such as Add; they are none of the project's.
        return compilation.RemoveReferences(compilation.References.Where(static reference =>
            Path.GetFileName(reference.Display)?.StartsWith("AgentOps.", StringComparison.Ordinal) == true && Path.GetFileName(reference.Display) != "AgentOps.dll"));
    }

    /// <summary>The compilation after one more statement was typed into a method of a file.</summary>
    public CSharpCompilation EditBody(CSharpCompilation compilation, int file, int edits) => Replace(compilation, file, Text(file, edits));

    /// <summary>The compilation after a member was declared in a file.</summary>
    public CSharpCompilation EditDeclaration(CSharpCompilation compilation, int file, int edits) =>
        Replace(compilation, file, Text(file, edits: 0) + string.Create(CultureInfo.InvariantCulture, $"public class Added{edits} {{ public int Member{edits}; }}"));

    /// <summary>The text of a file with some statements more in its first method.</summary>
    public string Text(int file, int edits)
    {
        int next = (file + 1) % files;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"namespace Space{file % 50};").AppendLine(CultureInfo.InvariantCulture, $"public class Type{file}").AppendLine("{");
        for (int method = 0; method < MethodsPerFile; method++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    public int Work{method}(int a, string s)").AppendLine("    {").AppendLine("        var list = new List<int>();");
            text.AppendLine(CultureInfo.InvariantCulture, $"        var next = new Space{next % 50}.Type{next}();");
            for (int edit = 0; method == 0 && edit < edits; edit++)
                text.AppendLine(CultureInfo.InvariantCulture, $"        int edit{edit} = {edit};");
            text.AppendLine("        list.Add(a);");
            text.AppendLine(CultureInfo.InvariantCulture, $"        a += next.Helper{method}(a, s);");
            text.AppendLine("        Console.WriteLine(string.Concat(s, s));");
            text.AppendLine("        a += list.Where(x => x > a).Select(x => x + 1).Sum();");
            text.AppendLine("        s = s.Trim().Substring(0, 1);");
            if (file is >= ToolFiles and < ToolFiles + CallerFiles && method < CallsPerCallerFile)
                text.AppendLine(CultureInfo.InvariantCulture, $"        new ToolKit.Tools{file % ToolFiles}().Tool{method}(a, s);");
            text.AppendLine("        return a;").AppendLine("    }");
            text.AppendLine(CultureInfo.InvariantCulture, $"    public int Helper{method}(int a, string s) => a + s.Length;");
        }
        return text.AppendLine("}").ToString();
    }

    private static string Tools(int file)
    {
        var text = new StringBuilder();
        text.AppendLine("namespace ToolKit;").AppendLine(CultureInfo.InvariantCulture, $"public class Tools{file}").AppendLine("{");
        for (int tool = 0; tool < ToolsPerFile; tool++)
            text.AppendLine(CultureInfo.InvariantCulture, $"    [RecordTool] public int Tool{tool}(int a, string s) => a;");
        return text.AppendLine("}").ToString();
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string text)
    {
        string path = PathOf(file);
        SyntaxTree old = compilation.SyntaxTrees.First(tree => tree.FilePath == path);
        SyntaxTree edited = CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), (CSharpParseOptions)old.Options, path);
        // An editor has parsed the file before anyone asks the generator.
        edited.GetRoot();
        return compilation.ReplaceSyntaxTree(old, edited);
    }
}
