using AgentOps.Generators.Calls;
using AgentOps.Generators.Support;

namespace AgentOps.Generators.Emit;

/// <summary>Writes what belongs to one call: its registration, and what its interceptor needs.</summary>
internal sealed class SiteEmitter(InterceptedCall call, string field)
{
    public InterceptedCall Call { get; } = call;

    /// <summary>The static field that holds the site's number.</summary>
    public string Field { get; } = field;

    public void EmitRegistration(SourceWriter output, FileIdentity file, TargetEmitter target)
    {
        EmitRegistration(output, Field, file, target, Call.Recorded, Call.Line, target.StaticAgent ?? (target.HasAgentReceiver ? null : Call.Caller), "private");
    }

    /// <summary>Writes the registration of one place that records.</summary>
    public static void EmitRegistration(
        SourceWriter output, string field, FileIdentity file, TargetEmitter target, RecordedMethod recorded, int line, TrackedAgent? agent, string access)
    {
        output.Line($"{access} static readonly uint {field} = CallSites.Register(new CallSiteInfo");
        output.Open();
        output.Line($"Kind = EventKind.{recorded.Kind},");
        output.Line($"Name = {Literals.Text(recorded.Name)},");
        output.Line($"Project = {Literals.Text(file.Project)},");
        output.Line($"Method = {Literals.Text(target.Description)},");
        output.Line($"File = {Literals.Text(file.RelativePath)},");
        output.Line($"Line = {line},");
        output.Line($"Parameters = new string[] {{ {string.Join(", ", target.CapturedParameters.Select(static p => Literals.Text(p.Name)))} }},");
        if (recorded.Model is not null)
            output.Line($"Model = {Literals.Text(recorded.Model)},");
        if (recorded.Provider is not null)
            output.Line($"Provider = {Literals.Text(recorded.Provider)},");
        if (agent is not null)
        {
            output.Line($"AgentType = {Literals.Text(agent.Type)},");
            output.Line($"AgentName = {Literals.Text(agent.Name)},");
        }
        output.Close(");");
        output.Line();
    }
}
