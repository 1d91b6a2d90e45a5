using AgentOps.CodeFixes.Data;
using AgentOps.CodeFixes.Tests.Support;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace AgentOps.CodeFixes.Tests.Editing;

/// <summary>What mends write refers to the recorder's types so that it means them, and changes nothing else of the file.</summary>
public sealed class ImportTests
{
    private const string Before = "public class Tool { [AgentOps.RecordTool] public void Do(string apiKey) { } }";
    private const string After = "public class Tool { [AgentOps.RecordTool] public void Do([Redact] string apiKey) { } }";
    private const string Full = "public class Tool { [AgentOps.RecordTool] public void Do([AgentOps.Redact] string apiKey) { } }";

    [Theory]
    [InlineData("using System;\nusing System.IO;\n\n" + Before, "using System;\nusing System.IO;\nusing AgentOps;\n\n" + After)]
    [InlineData("using System.IO;\nusing Zeta;\n\n" + Before + " namespace Zeta { }", "using System.IO;\nusing AgentOps;\nusing Zeta;\n\n" + After + " namespace Zeta { }")]
    [InlineData("// License.\n\nusing Zeta;\n" + Before + " namespace Zeta { }", "// License.\n\nusing AgentOps;\nusing Zeta;\n" + After + " namespace Zeta { }")]
    [InlineData("// License.\n\nnamespace A;\n\n" + Before, "// License.\n\nusing AgentOps;\n\nnamespace A;\n\n" + After)]
    [InlineData("/// <summary>It.</summary>\n" + Before, "using AgentOps;\n\n/// <summary>It.</summary>\n" + After)]
    [InlineData("using System;\r\n\r\n" + Before, "using System;\r\nusing AgentOps;\r\n\r\n" + After)]
    [InlineData("using static System.Math;\n" + Before, "using AgentOps;\nusing static System.Math;\n" + After)]
    [InlineData("namespace AgentOps.Own { " + Before + " }", "namespace AgentOps.Own { " + After + " }")]
    [InlineData("#nullable enable\n" + Before, "#nullable enable\n" + Full)]
    [InlineData("#if DEBUG\nusing System.IO;\n#endif\nusing System;\n" + Before, "#if DEBUG\nusing System.IO;\n#endif\nusing System;\n" + Full)]
    [InlineData("using System;\n" + Before + " public class RedactAttribute : Attribute { }", "using System;\n" + Full + " public class RedactAttribute : Attribute { }")]
    public async Task Name_means_the_recorders_type(string before, string after)
    {
        using EditedSolution edited = EditedSolution.WithoutUsings(("/a/Tool.cs", before));
        Diagnostic diagnostic = Assert.Single(await EditedSolution.DiagnosticsAsync<CaptureAnalyzer>(edited.Document("Tool.cs").Project, RuleIds.SecretByName));

        var action = (await edited.OfferedAsync<SecretNameFix>(diagnostic))[0];

        Assert.Equal(after, await edited.TextAsync(await EditedSolution.ChangedAsync(action), "Tool.cs"));
    }
}
