namespace AgentOps.Server.Demo;

/// <summary>A model of the demo: how fast it is and how much it says.</summary>
internal sealed record DemoModel(string Name, string Provider, double FirstToken, double TokensPerSecond, double Output);

/// <summary>A step of an agent: a model call, a tool or an action, with what lies inside.</summary>
internal sealed record DemoStep(string Kind, string Name, double Seconds, params DemoStep[] Inside)
{
    public DemoModel? Model { get; init; }

    /// <summary>How often it fails.</summary>
    public double Fails { get; init; }

    public (string Type, string Message, string Frame)? Error { get; init; }
}

/// <summary>An agent of the demo: what it does, and how often it is asked.</summary>
internal sealed record DemoAgent(string Name, double Weight, string Project, string[] Tags, string Question, DemoStep Root);

/// <summary>What the demo's five agents do.</summary>
internal static class DemoScript
{
    private static readonly DemoModel s_sonnet = new("claude-sonnet-4-5", "anthropic", 1.1, 82, 520);
    private static readonly DemoModel s_gpt = new("gpt-5", "openai", 1.6, 120, 480);
    private static readonly DemoModel s_mini = new("gpt-5-mini", "openai", 0.4, 110, 140);
    private static readonly DemoModel s_gemini = new("gemini-2.5-pro", "google", 1.2, 150, 700);
    private static readonly DemoModel s_house = new("qwen3-32b-lora", "vllm", 0.5, 100, 240);

    public static IReadOnlyList<DemoAgent> Agents { get; } =
    [
        new("RefundAgent", 0.22, "contoso-support", ["prod", "eu-west"], "The kettle arrived broken and I want my 118.40 EUR back.", Action("HandleAsync",
            Action("TriageAsync", Ask("ClassifyAsync", s_mini)),
            Action("GatherContextAsync", Tool("GetCustomer", 0.4), Tool("GetInvoice", 1.8), Tool("SearchOrders", 1.6) with { Fails = 0.09, Error = ("System.Net.Http.HttpRequestException", "Response status code does not indicate success: 503 (Service Unavailable).", "OrdersClient.SearchAsync OrdersClient.cs:142") }, Ask("SummariseHistoryAsync", s_sonnet)),
            Action("DecideAsync", Ask("PlanAsync", s_sonnet, Tool("CheckRefundPolicy", 0.6), Tool("SearchKnowledgeBase", 0.9)), Action("ParsePlan") with { Fails = 0.04, Error = ("System.Text.Json.JsonException", "'}' is invalid after a value. Expected either ',', '}', or ']'. Path: $.steps[3]", "PlanParser.Parse PlanParser.cs:34") }, Ask("RepairJsonAsync", s_house)),
            Action("ExecuteAsync", Tool("IssueRefund", 2.4) with { Fails = 0.07, Error = ("System.InvalidOperationException", "Refund 416.00 EUR exceeds the limit of 100.00 EUR for tier 'standard'", "RefundPolicy.Ensure RefundPolicy.cs:119") }, Ask("DraftReplyAsync", s_sonnet)))),
        new("OrderAgent", 0.24, "contoso-support", ["prod", "eu-west"], "Where is my order 4711?", Action("AnswerAsync",
            Ask("UnderstandAsync", s_mini), Tool("GetShipment", 0.9) with { Fails = 0.06, Error = ("System.TimeoutException", "The operation did not complete within 5000 ms.", "ShipmentClient.GetAsync ShipmentClient.cs:88") }, Ask("ReplyAsync", s_gpt))),
        new("ResearchAgent", 0.13, "contoso-catalog", ["prod", "us-east"], "Which suppliers changed their terms this month?", Action("ResearchAsync",
            Ask("OutlineAsync", s_gemini), Tool("WebSearch", 1.3) with { Fails = 0.06, Error = ("System.Net.Http.HttpRequestException", "Response status code does not indicate success: 429 (Too Many Requests).", "SearchGateway.QueryAsync SearchGateway.cs:97") }, Tool("ReadPage", 0.8), Tool("ReadPage", 1.1), Ask("ReadAsync", s_gemini), Tool("WebSearch", 1.2), Ask("SynthesiseAsync", s_gpt))),
        new("TriageAgent", 0.35, "contoso-support", ["prod"], "Please call me back about my invoice.", Action("TriageAsync", Ask("ClassifyAsync", s_mini))),
        new("ReportWriter", 0.06, "contoso-catalog", ["prod", "nightly"], "Weekly report on returns.", Action("WriteAsync", Tool("QueryWarehouse", 3.2), Ask("DraftSectionAsync", s_gemini), Ask("DraftSectionAsync", s_gemini), Ask("PolishAsync", s_gpt))),
    ];

    private static DemoStep Action(string name, params DemoStep[] inside) => new("action", name, inside.Length == 0 ? 0.04 : 0.02, inside);

    private static DemoStep Tool(string name, double seconds, params DemoStep[] inside) => new("tool", name, seconds, inside);

    private static DemoStep Ask(string name, DemoModel model, params DemoStep[] inside) => new("llm", name, 0, inside) { Model = model };
}
