using System.Text;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Fuzz.Tests.Edits;

/// <summary>The project of the corpus, edited at random: in its slots, its files, their order and paths, its options and references.</summary>
internal sealed class EditedProject
{
    private readonly Random _random;
    private readonly List<SlotTemplate> _templates = [.. EditCorpus.Create()];
    private readonly SyntaxTree[] _trees;
    private readonly string[] _paths;
    private readonly bool[] _isPresent;
    private readonly List<int> _order;
    private readonly MetadataReference[] _references;
    private readonly SlotTemplate _library = new(
        "/library/Library.cs",
        "namespace Library; public static class Shared { [RecordTool] public static int ⟦Common¦Renamed⟧(⟦int¦long¦object⟧ a) { return ⟦1¦2⟧; } ⟦¦[RecordTool] public static int Pure(int a) => 1;⟧ }");
    private CSharpParseOptions _parseOptions = GeneratedProgram.ParseOptions;
    private MetadataReference _libraryReference;
    private bool _isNullable = true;
    private bool _isChecked;
    private bool _hasReferences = true;
    private bool _isSwitchedOff;
    private string _directory = "/project/";

    public EditedProject(Random random)
    {
        _random = random;
        _templates.Add(new SlotTemplate("/project/UsesLibrary.cs", "class UsesLibrary { void M() { Library.Shared.Common(⟦1¦2L⟧); Library.Shared.Renamed(1); Library.Shared.Pure(3); } }"));
        _paths = [.. _templates.Select(static t => t.Path)];
        _isPresent = [.. _templates.Select(static _ => true)];
        _order = [.. Enumerable.Range(0, _templates.Count)];
        _references = [.. GeneratedProgram.References.Where(static r => Path.GetFileName(r.Display) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "System.Console.dll" or "System.Linq.dll" or "System.Collections.dll" or "AgentOps.dll")];
        _libraryReference = CompileLibrary();
        _trees = [.. _templates.Select((_, i) => Parse(i))];
    }

    /// <summary>Called when the text of any file is read.</summary>
    public Action OnRead { get; set; } = static () => { };

    /// <summary>What the last edits were.</summary>
    public string LastEdits { get; private set; } = "none";

    public BuildProperties Properties => new(new Dictionary<string, string> { ["ProjectDir"] = _directory, ["AgentOpsRecording"] = _isSwitchedOff ? "false" : "true" });

    public CSharpParseOptions ParseOptions => _parseOptions;

    /// <summary>A compilation of its own each time, of the same trees.</summary>
    public CSharpCompilation Compile() => CSharpCompilation.Create(
        "Edited",
        [.. _order.Where(i => _isPresent[i]).Select(i => _trees[i]), s_usings[_parseOptions.Features.Count]],
        [.. _hasReferences ? _references : _references[..^1], _libraryReference],
        new CSharpCompilationOptions(
            OutputKind.ConsoleApplication, allowUnsafe: true, checkOverflow: _isChecked,
            nullableContextOptions: _isNullable ? NullableContextOptions.Enable : NullableContextOptions.Disable));

    public void Edit()
    {
        int count = _random.Next(10) == 0 ? _random.Next(2, 4) : 1;
        LastEdits = string.Join("; ", Enumerable.Range(0, count).Select(_ => EditOnce()));
    }

    /// <summary>All single changes of all slots, each undone again.</summary>
    public IEnumerable<string> Sweep()
    {
        for (int i = 0; i < _templates.Count; i++)
        {
            foreach (SlotTemplate.Slot slot in _templates[i].Slots())
            {
                int current = slot.Current;
                foreach (int choice in Enumerable.Range(0, slot.Choices.Count).Where(c => c != current).Append(current))
                {
                    yield return LastEdits = Change(i, slot, choice);
                }
            }
        }
    }

    private static readonly SyntaxTree[] s_usings =
    [
        CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.Threading.Tasks; global using AgentOps;", GeneratedProgram.ParseOptions.WithFeatures([]), "/project/Usings.cs"),
        CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.Threading.Tasks; global using AgentOps;", GeneratedProgram.ParseOptions, "/project/Usings.cs"),
    ];

    private string EditOnce()
    {
        int file = _random.Next(_templates.Count);
        switch (_random.Next(48))
        {
            case 0:
                _isNullable = !_isNullable;
                return "nullable option";
            case 1:
                _isChecked = !_isChecked;
                return "overflow option";
            case 2:
                _isPresent[file] = !_isPresent[file];
                return $"{_templates[file].Path} {(_isPresent[file] ? "added" : "removed")}";
            case 3:
                int other = _random.Next(_order.Count);
                (_order[file], _order[other]) = (_order[other], _order[file]);
                return "order of files";
            case 4:
                _hasReferences = !_hasReferences;
                return "reference";
            case 5:
                // Linked files have paths anywhere, and often the same name.
                string name = Path.GetFileName(_templates[_random.Next(_templates.Count)].Path);
                _paths[file] = new[] { _templates[file].Path, "/elsewhere/" + name, "/project/sub/" + name, "/project/" + name, "/project/RecordedMethods.cs" }[_random.Next(5)];
                _trees[file] = Parse(file);
                return $"{_templates[file].Path} is now {_paths[file]}";
            case 6:
                _directory = _directory.Length == 0 ? "/project/" : _random.Next(2) == 0 ? "" : "/";
                return $"project folder '{_directory}'";
            case 7:
                _isSwitchedOff = !_isSwitchedOff;
                return "switch";
            case 8 when _random.Next(3) == 0:
                _parseOptions = _parseOptions.Features.Count == 0 ? GeneratedProgram.ParseOptions : GeneratedProgram.ParseOptions.WithFeatures([]);
                for (int i = 0; i < _trees.Length; i++)
                    _trees[i] = Parse(i);
                return "parse options";
            case 9 or 10:
                List<SlotTemplate.Slot> inLibrary = _library.Slots();
                SlotTemplate.Slot changed = inLibrary[_random.Next(inLibrary.Count)];
                changed.Current = _random.Next(changed.Choices.Count);
                _libraryReference = CompileLibrary();
                return $"library: {_library.Render()}";
            default:
                _isPresent[file] = true;
                List<SlotTemplate.Slot> slots = _templates[file].Slots();
                if (slots.Count == 0)
                    return "nothing";
                SlotTemplate.Slot slot = slots[_random.Next(slots.Count)];
                return Change(file, slot, _random.Next(slot.Choices.Count));
        }
    }

    private string Change(int file, SlotTemplate.Slot slot, int choice)
    {
        string before = slot.Text;
        slot.Current = choice;
        _trees[file] = Parse(file);
        return $"{_paths[file]}: '{before}' -> '{slot.Text}'";
    }

    private SyntaxTree Parse(int file) => CSharpSyntaxTree.ParseText(
        new WatchedText(SourceText.From(_templates[file].Render(), Encoding.UTF8), () => OnRead()), _parseOptions, _paths[file]);

    /// <summary>The referenced project as an editor sees it: its compilation, with what the generator adds.</summary>
    private CompilationReference CompileLibrary()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Library",
            [CSharpSyntaxTree.ParseText(SourceText.From("using AgentOps;\n" + _library.Render(), Encoding.UTF8), GeneratedProgram.ParseOptions, _library.Path)],
            _references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        GeneratedProgram.CreateDriver(isTracking: false).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        return generated.ToMetadataReference();
    }
}
