using System.Reflection;
using System.Runtime.InteropServices;
using AgentOps.Events;
using AgentOps.Pricing;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Diagnosis;

/// <summary>Looks at everything that recording on this machine depends on. Leaves nothing behind.</summary>
internal sealed class Examination(ToolRun run)
{
    /// <summary>Two segments of the usual size.</summary>
    private const long LeastFreeBytes = 64L << 20;

    public static string ToolVersion =>
        typeof(Examination).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    public IReadOnlyList<Finding> Make()
    {
        var findings = new List<Finding>
        {
            new("versions", FindingLevel.Info, $"agentops {ToolVersion}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}"),
            CheckDirectory(),
        };
        if (Directory.Exists(run.Folder.Path))
        {
            findings.Add(CheckRoom());
            findings.AddRange(CheckLogs());
        }
        findings.Add(CheckPrices());
        return findings;
    }

    private Finding CheckDirectory()
    {
        string path = run.Folder.Path;
        string told = $"{path} ({run.Folder.Origin})";
        if (File.Exists(path))
            return new("directory", FindingLevel.Bad, $"{told} is a file, so nothing can be recorded there", "Name a directory.");
        if (!Directory.Exists(path))
        {
            string? parent = path;
            while (parent is not null && !Directory.Exists(parent))
                parent = Path.GetDirectoryName(parent);
            return new("directory", FindingLevel.Warning, $"{told} does not exist yet", $"The first session creates it{(parent is null ? "" : $" below {parent}")}; run an agent, or name the folder of your logs with --directory.");
        }
        string probe = Path.Combine(path, $".doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(probe, new byte[8]);
            return new("directory", FindingLevel.Good, $"{told} can be written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("directory", FindingLevel.Bad, $"{told} cannot be written: {e.Message}", "Agents of this user record to memory instead, which is lost when they end. Give them the right to write there, or another directory.");
        }
        finally
        {
            Delete(probe);
        }
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It could not be made, so it is not there.
        }
    }

    private Finding CheckRoom()
    {
        try
        {
            var drive = new DriveInfo(run.Folder.Path);
            string free = $"{Counted.Bytes(drive.AvailableFreeSpace)} free ({drive.DriveFormat})";
            return drive.AvailableFreeSpace >= LeastFreeBytes
                ? new("room", FindingLevel.Good, free)
                : new("room", FindingLevel.Bad, $"only {free}", "Recording needs two segments, up to 64 MiB, for each process; what has no room is dropped and counted. Free some space or lower MaxLogBytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new("room", FindingLevel.Warning, $"unknown: {e.Message}");
        }
    }

    private List<Finding> CheckLogs()
    {
        IReadOnlyList<LogSurvey> logs;
        try
        {
            logs = LogSurvey.Below(run.Folder);
        }
        catch (ToolException e)
        {
            return [new("logs", FindingLevel.Bad, e.Message)];
        }
        if (logs.Count == 0)
            return [new("logs", FindingLevel.Info, "none yet")];
        int live = logs.Count(static log => log.IsLive);
        string processes = string.Join(", ", logs.Where(static log => log is { IsLive: true, ProcessId: not null }).Select(static log => log.ProcessId!.Value).Take(8));
        return
        [
            new("logs", FindingLevel.Good, $"{Counted.Of(logs.Count, "log")}, {Counted.Bytes(logs.Sum(static log => log.Bytes))}"),
            new("locks", FindingLevel.Good, $"{live:N0} held by living processes{(processes.Length > 0 ? $" ({processes})" : "")}, {logs.Count - live:N0} of processes that are gone"),
            CheckDamage(logs),
            CheckLosses(logs),
            CheckSessions(logs),
        ];
    }

    private static Finding CheckDamage(IReadOnlyList<LogSurvey> logs)
    {
        long records = logs.Sum(static log => log.DamagedFrames);
        string[] problems = [.. logs.SelectMany(static log => log.Problems)];
        return (records, problems.Length) switch
        {
            (0, 0) => new("damage", FindingLevel.Good, "none"),
            (_, 0) => new("damage", FindingLevel.Bad, $"{Counted.Of(records, "record")} damaged and passed over", "'agentops recover' says in which logs; the rest of them is read."),
            _ => new("damage", FindingLevel.Bad, $"{Counted.Of(problems.Length, "segment or log")} cannot be read: {problems[0]}", "'agentops recover' has all; the others are read."),
        };
    }

    private static Finding CheckLosses(IReadOnlyList<LogSurvey> logs)
    {
        KeyValuePair<string, long>[] losses = [.. logs.SelectMany(static log => log.Losses).GroupBy(static loss => loss.Key).Select(static group => KeyValuePair.Create(group.Key, group.Sum(static loss => loss.Value)))];
        if (losses.Length == 0)
            return new("losses", FindingLevel.Good, "none");
        string told = string.Join("; ", losses.Select(static loss => $"{Counted.Number(loss.Value)} {LossText.Of(loss.Key)}"));
        return losses.All(static loss => LogSurvey.IsByDesign(loss.Key))
            ? new("losses", FindingLevel.Warning, told)
            : new("losses", FindingLevel.Bad, told, "docs/event-log.md says what each means; RecorderHealth.Current.Problem of the process says what to do.");
    }

    private static Finding CheckSessions(IReadOnlyList<LogSurvey> logs)
    {
        SessionInfo[] sessions = [.. logs.SelectMany(static log => log.Sessions).DistinctBy(static session => session.Id)];
        int open = logs.Where(static log => log.IsLive).SelectMany(static log => log.Sessions).Where(static session => session.EndedAt is null).Select(static session => session.Id).Distinct().Count();
        int crashed = sessions.Count(static session => session.IsCrashed);
        string told = $"{Counted.Of(sessions.Length, "session")}, {open:N0} open, {crashed:N0} left by a crash";
        return crashed == 0
            ? new("sessions", FindingLevel.Good, told)
            : new("sessions", FindingLevel.Warning, told, "'agentops sessions --state crashed' lists them; what they recorded is there.");
    }

    private static Finding CheckPrices()
    {
        try
        {
            PriceTable prices = PriceTable.Default;
            return new("prices", FindingLevel.Good, $"{Counted.Of(prices.Prices.Count, "price")}, table {prices.Version}");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new("prices", FindingLevel.Bad, e.Message);
        }
    }
}
