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
        TrackedAgent? agent = target.StaticAgent ?? (target.HasAgentReceiver ? null : Call.Caller);
        output.Line($"private static readonly uint {Field} = CallSites.Register(new CallSiteInfo");
        output.Open();
        output.Line($"Kind = EventKind.{Call.Recorded.Kind},");
        output.Line($"Name = {Literals.Text(Call.Recorded.Name)},");
        output.Line($"Project = {Literals.Text(file.Project)},");
        output.Line($"Method = {Literals.Text(target.Description)},");
        output.Line($"File = {Literals.Text(file.RelativePath)},");
        output.Line($"Line = {Call.Line},");
        output.Line($"Parameters = new string[] {{ {string.Join(", ", target.CapturedParameters.Select(static p => Literals.Text(p.Name)))} }},");
        if (Call.Recorded.Model is not null)
            output.Line($"Model = {Literals.Text(Call.Recorded.Model)},");
        if (Call.Recorded.Provider is not null)
            output.Line($"Provider = {Literals.Text(Call.Recorded.Provider)},");
        if (agent is not null)
        {
            output.Line($"AgentType = {Literals.Text(agent.Type)},");
            output.Line($"AgentName = {Literals.Text(agent.Name)},");
        }
        output.Close(");");
        output.Line();
    }
}
