using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AgentOps.Extensions.Hosting.Settings;

/// <summary>Reads a configuration section into the options. What is wrong there is not thrown but remembered, so that all of it is told at once.</summary>
internal sealed class SectionReader(IConfigurationSection section) : IConfigureOptions<AgentOpsOptions>
{
    public void Configure(AgentOpsOptions options)
    {
        if (section.Value is { Length: > 0 } text)
            options.Problems.Add($"{section.Path} is '{text}', and should be a section with settings such as {section.Path}:Directory.");
        foreach (IConfigurationSection entry in section.GetChildren())
        {
            if (Problem(options, entry) is { } problem)
                options.Problems.Add(problem);
        }
    }

    private static string? Problem(AgentOpsOptions options, IConfigurationSection entry)
    {
        Setting? setting = Setting.All.FirstOrDefault(s => string.Equals(s.Key, entry.Key, StringComparison.OrdinalIgnoreCase));
        if (setting is null)
            return Unknown(entry);
        if (entry.GetChildren().Any())
            return $"{entry.Path} is a section, and should be a value. Give {setting.Expected}.";
        // Left empty, a setting of one source takes back that of another.
        if (string.IsNullOrWhiteSpace(entry.Value))
            return null;
        string given = setting.IsSecret ? "" : $" is '{entry.Value}', which";
        try
        {
            return setting.TrySet(options, entry.Value) ? null : $"{entry.Path}{given} cannot be read. Give {setting.Expected}.";
        }
        catch (Exception e) when (e is ArgumentException or PathTooLongException or NotSupportedException)
        {
            return $"{entry.Path}{given} is not allowed. Give {setting.Expected}.";
        }
    }

    private static string Unknown(IConfigurationSection entry)
    {
        string[] keys = [.. Setting.All.Select(static s => s.Key)];
        string value = entry.GetChildren().Any() ? "" : $" (its value is '{Shown(entry)}')";
        string mend = NearestName.Of(entry.Key, keys) is { } near
            ? $"Did you mean '{near}'?"
            : $"Take it out, or use one of {string.Join(", ", keys)}.";
        return $"{entry.Path} is no setting of AgentOps{value}. {mend}";
    }

    /// <summary>A key that is misspelt may be that of a secret.</summary>
    private static string? Shown(IConfigurationSection entry) => Recording.PayloadWriter.KeepsOut(entry.Key, isText: true)
        || entry.Key.Contains("key", StringComparison.OrdinalIgnoreCase) ? "***" : entry.Value;
}
