using AgentOps;
using AgentOps.Events;
using AgentOps.Export;
using AgentOps.Pricing;
using ResearchAgent.Agent;
using ResearchAgent.Documents;
using ResearchAgent.Offline;
using ResearchAgent.Terminal;

namespace ResearchAgent;

/// <summary>One run of the program: one question, one recorded session.</summary>
internal sealed class ResearchRun(ResearchOptions options, Screen screen, TextWriter errors)
{
    /// <summary>The stand-in is asked under a provider's name and bills nothing; without a price of its own its cost would be unknown.</summary>
    private static readonly PriceTable s_prices = PriceTable.Default.With(
        "sample",
        new ModelPrice { Provider = "openai", Model = LoopbackModelServer.ModelName, Rates = new TokenRates { Input = 0, Output = 0 } });

    private Session? _session;
    private string? _answer;
    private IReadOnlyList<Citation> _citations = [];

    /// <summary>Researches, shows what came of it, and says how that went by the exit code.</summary>
    /// <exception cref="UsageException">There is nothing to search, or the environment is wrong; no session was started.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Exception? failure = await FailureOfAsync(() => ResearchAsync(cancellationToken));
        if (_session is { } session)
            failure = await FailureOfAsync(() => ReportAsync(session)) ?? failure;
        return Conclude(failure, cancellationToken);
    }

    /// <summary>Whatever goes wrong becomes one line and an exit code; the record of the session is what explains it.</summary>
    private static async Task<Exception?> FailureOfAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception e) when (e is not UsageException)
        {
            return e;
        }
    }

    private async Task ResearchAsync(CancellationToken cancellationToken)
    {
        ModelSettings? settings = ModelSettings.Read(Environment.GetEnvironmentVariable);
        DocumentLibrary library = DocumentLibrary.Open(options.Folder, cancellationToken);
        if (library.Documents.Count == 0)
            throw new UsageException($"The folder '{options.Folder}' holds no text files.");
        await using ModelConnection connection = await ModelConnection.OpenAsync(settings, cancellationToken);
        var progress = new ProgressView(screen);
        progress.Opening(options, library, connection);
        await RecordAsync(library, connection, progress, cancellationToken);
    }

    private Task RecordAsync(
        DocumentLibrary library, ModelConnection connection, IResearchProgress progress, CancellationToken cancellationToken)
    {
        var session = new SessionOptions
        {
            Name = "Research: " + options.Question,
            Tags = { "sample", "research", connection.IsOffline ? "offline" : "openai" },
            Metrics = { ["documents"] = library.Documents.Count, ["model"] = connection.Model },
        };
        return Session.RunAsync(session, async running =>
        {
            _session = running;
            var model = new ChatModel(connection.Client, ToolDefinitions.All);
            var researcher = new Researcher(model, new ToolBox(new DocumentTools(library)), progress);
            _answer = await researcher.ResearchAsync(options.Question, cancellationToken);
            _citations = Citation.FindIn(_answer, library);
            running.SetMetric("citations", _citations.Count);
            if (_citations.Count == 0)
                running.End(EndState.Fail, "The answer names no line of the documents.");
        });
    }

    private async Task ReportAsync(Session session)
    {
        IReadOnlyList<AgentEvent> events = session.ReadEvents();
        string json = options.JsonFile ?? Path.Combine(Path.GetTempPath(), $"research-{session.Id}.jsonl");
        // Written even after Ctrl+C: a cancelled run is the one that somebody wants to look at.
        await JsonLinesExporter.WriteAsync(events, json, s_prices, CancellationToken.None);
        new SummaryView(screen).Show(new ResearchReport(session, events.GetAnalytics(session.Id, s_prices), _answer, _citations, json));
    }

    private int Conclude(Exception? failure, CancellationToken cancellationToken)
    {
        if (failure is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            errors.WriteLine("Cancelled.");
            return ExitCodes.Cancelled;
        }
        if (failure is not null)
        {
            errors.WriteLine($"The research failed: {FailureText.Of(failure)}");
            return ExitCodes.Failure;
        }
        if (_citations.Count == 0)
        {
            errors.WriteLine("The answer names no line of the documents.");
            return ExitCodes.Failure;
        }
        return ExitCodes.Success;
    }
}
