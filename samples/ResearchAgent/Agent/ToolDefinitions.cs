using OpenAI.Chat;

namespace ResearchAgent.Agent;

/// <summary>The tools as they are offered to the model.</summary>
internal static class ToolDefinitions
{
    public static IReadOnlyList<ChatTool> All { get; } =
    [
        ChatTool.CreateFunctionTool(
            ToolNames.SearchDocuments,
            "Finds the lines that match the words of a query best, in all documents. Returns file, line, text and score, best first.",
            BinaryData.FromString("""
                {
                  "type": "object",
                  "properties": {
                    "query": { "type": "string", "description": "The words to look for; other forms of a word are found too." },
                    "limit": { "type": "integer", "description": "How many lines to return, 1 to 50.", "default": 10 }
                  },
                  "required": ["query"]
                }
                """)),
        ChatTool.CreateFunctionTool(
            ToolNames.ReadFile,
            "Reads a part of one file.",
            BinaryData.FromString("""
                {
                  "type": "object",
                  "properties": {
                    "path": { "type": "string", "description": "The file, relative to the folder." },
                    "startLine": { "type": "integer", "description": "The first line, from 1.", "default": 1 },
                    "lineCount": { "type": "integer", "description": "How many lines to read, 1 to 200.", "default": 40 }
                  },
                  "required": ["path"]
                }
                """)),
        ChatTool.CreateFunctionTool(
            ToolNames.ListFiles,
            "Lists the files of the folder.",
            BinaryData.FromString("""
                {
                  "type": "object",
                  "properties": {
                    "pattern": { "type": "string", "description": "Only paths or names that match; * and ? are wildcards." }
                  }
                }
                """)),
    ];
}
