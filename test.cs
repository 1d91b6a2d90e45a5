#:property PublishAot=false

// Builds everything, runs every test project, and ends with one line that sums the truth: "N passed, N failed".
//
//   dotnet run test.cs                    all tests
//   dotnet run test.cs -- Generators      only the projects whose name contains the word
//
// A test project that crashes, or runs no test, counts as a failure. Compiling ahead of time needs a C compiler as a linker; where there
// is none, and the system's packages can be installed, it is installed. So is the browser that shows the dashboard's pages.

using System.Diagnostics;
using System.Text.RegularExpressions;

string root = RepositoryRoot();
string[] projects =
[
    .. Directory.EnumerateDirectories(Path.Combine(root, "tests"), "*.Tests")
        .Select(directory => Path.GetFileName(directory))
        .Where(name => args.Length == 0 || args.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        .Order(StringComparer.Ordinal),
];
if (projects.Length == 0)
{
    Console.Error.WriteLine($"No test project's name contains {string.Join(" or ", args)}.");
    return 2;
}
Install(["gcc", "clang"], ["gcc", "libc6-dev", "zlib1g-dev"]);
if (projects.Any(name => name.Contains("Server", StringComparison.Ordinal)))
    Install(["chromium", "google-chrome"], ["chromium", "fonts-liberation"]);
if (Run("dotnet", ["build", "AgentOps.Generators.sln", "-c", "Release", "--nologo", "-v", "quiet"], _ => { }) != 0)
{
    Console.Error.WriteLine("The build failed, so no test ran.");
    Console.WriteLine("0 passed, 1 failed");
    return 1;
}

int passed = 0;
int failed = 0;
foreach (string project in projects)
{
    int ran = 0;
    int failedHere = 0;
    var summary = new Regex(@"^\s+(total|failed|succeeded): (\d+)\s*$");
    string tests = Path.Combine("tests", project, "bin", "Release", "net10.0", project + ".dll");
    int exitCode = Run("dotnet", [tests, "--no-progress"], line =>
    {
        if (summary.Match(line) is not { Success: true } match)
            return;
        int count = int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
        switch (match.Groups[1].Value)
        {
            case "total": ran = count; break;
            case "failed": failedHere = count; break;
            default: passed += count; break;
        }
    });
    if (exitCode != 0 && failedHere == 0)
    {
        Console.Error.WriteLine(ran == 0 ? $"{project} ran no test (exit code {exitCode})." : $"{project} ended with exit code {exitCode}.");
        failedHere = 1;
    }
    failed += failedHere;
}
Console.WriteLine();
Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;

int Run(string program, string[] arguments, Action<string> onLine)
{
    var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = root, RedirectStandardOutput = true };
    using Process process = Process.Start(start)!;
    while (process.StandardOutput.ReadLine() is { } line)
    {
        Console.WriteLine(line);
        onLine(line);
    }
    process.WaitForExit();
    return process.ExitCode;
}

// Installs the system's packages, unless one of the programs is there.
void Install(string[] programs, string[] packages)
{
    if (!OperatingSystem.IsLinux() || programs.Any(IsOnPath) || !IsOnPath("apt-get") || Environment.UserName != "root")
        return;
    Run("apt-get", ["update", "-qq"], _ => { });
    Run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", .. packages], _ => { });
}

static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
    .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

static string RepositoryRoot() => AppContext.GetData("EntryPointFileDirectoryPath") as string ?? Directory.GetCurrentDirectory();
