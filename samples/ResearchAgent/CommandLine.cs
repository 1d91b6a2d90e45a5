namespace ResearchAgent;

/// <summary>Reads the arguments of the program.</summary>
internal sealed class CommandLine
{
    public const string Help = """
        Answers a question over a folder of documents and records how it did so.

        Usage: ResearchAgent [QUESTION...] [options]

          QUESTION...        the question; several words make one question
          --question TEXT    the question, as an option
          --folder DIR       the documents to search (default: the repository this program lies in)
          --json FILE        where to write the recorded session as JSON Lines
          --help             this text

        With OPENAI_API_KEY set, the model OPENAI_MODEL is asked at OPENAI_BASE_URL; both have defaults.
        Without it no model is called: a planner on a loopback port of this process stands in.
        """;

    private static readonly string[] s_valueOptions = ["--question", "--folder", "--json"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    private CommandLine()
    {
    }

    public static bool AsksForHelp(IEnumerable<string> arguments) =>
        arguments.TakeWhile(argument => argument != "--").Any(argument => argument is "--help" or "-h" or "-?");

    /// <summary>Reads and checks the arguments.</summary>
    /// <exception cref="UsageException">An argument is wrong; the message says which and how.</exception>
    public static ResearchOptions Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        line.Read(arguments);
        return new ResearchOptions(line.Question(), line.Folder(), line.JsonFile());
    }

    private void Read(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument == "--")
            {
                _words.AddRange(arguments.Skip(i + 1));
                return;
            }
            if (argument.Length < 2 || argument[0] != '-')
            {
                _words.Add(argument);
                continue;
            }

            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            if (!s_valueOptions.Contains(name, StringComparer.Ordinal))
                throw new UsageException($"Unknown option '{name}'; --help lists the options.");
            if (equals < 0 && i + 1 >= arguments.Count)
                throw new UsageException($"{name} needs a value.");
            string value = equals < 0 ? arguments[++i] : argument[(equals + 1)..];
            if (!_values.TryAdd(name, value))
                throw new UsageException($"{name} is given twice.");
        }
    }

    private string Question()
    {
        bool asOption = _values.TryGetValue("--question", out string? question);
        if (asOption && _words.Count > 0)
            throw new UsageException("The question is given twice: as --question and as words.");
        if (!asOption)
            question = _words.Count > 0 ? string.Join(' ', _words) : ResearchOptions.DefaultQuestion;
        if (string.IsNullOrWhiteSpace(question))
            throw new UsageException("The question is empty.");
        return question.Trim();
    }

    private string Folder()
    {
        if (!_values.TryGetValue("--folder", out string? folder))
        {
            return RepositoryFolder.Find()
                ?? throw new UsageException($"No folder is given and no {RepositoryFolder.Marker} is found above this one; use --folder DIR.");
        }
        if (!Directory.Exists(folder))
            throw new UsageException($"The folder '{folder}' does not exist.");
        return Path.GetFullPath(folder);
    }

    private string? JsonFile()
    {
        if (!_values.TryGetValue("--json", out string? file))
            return null;
        if (string.IsNullOrWhiteSpace(file) || Directory.Exists(file))
            throw new UsageException($"--json needs the name of a file; '{file}' is not one.");
        return Path.GetFullPath(file);
    }
}
