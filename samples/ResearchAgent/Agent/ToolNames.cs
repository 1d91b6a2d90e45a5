namespace ResearchAgent.Agent;

/// <summary>The tools by the names that the model knows.</summary>
internal static class ToolNames
{
    public const string SearchDocuments = "search_documents";
    public const string ReadFile = "read_file";
    public const string ListFiles = "list_files";
}
