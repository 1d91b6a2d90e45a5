using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tools;

/// <summary>Writes what functions give back.</summary>
internal static class ToolResults
{
    public static void Write(PayloadWriter writer, object? result)
    {
        switch (result)
        {
            case TextContent text:
                writer.Write(text.Text);
                break;
            case AIContent content:
                writer.WriteOpaque(content.GetType().ToString());
                break;
            case IReadOnlyList<AIContent> contents:
                writer.BeginArray();
                for (int i = 0; i < contents.Count && i < PayloadWriter.MaxItems && writer.HasRoom; i++)
                    Write(writer, contents[i]);
                writer.WriteRest(contents.Count, isMap: false);
                writer.Close();
                break;
            default:
                writer.WriteUnknown(result);
                break;
        }
    }
}
