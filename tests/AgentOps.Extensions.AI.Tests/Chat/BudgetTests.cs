using AgentOps.Extensions.AI.Tests.Support;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Chat;

/// <summary>Budgets see what recorded clients use.</summary>
public sealed class BudgetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Layers_use_up_what_was_billed_and_not_twice_that()
    {
        using Session session = Session.Start(new SessionOptions { Budget = new Budget { MaxTokens = 10_000 } });
        IChatClient billed = ScriptedClient.Answering(new ChatResponse { Usage = new UsageDetails { InputTokenCount = 300, OutputTokenCount = 30 } });

        await new ToolLoopClient(billed.Recorded()).Recorded().GetResponseAsync("?", cancellationToken: Token);

        Assert.Equal(330, session.BudgetUsage?.Tokens);
    }

    [Fact]
    public async Task Request_that_a_budget_refuses_does_not_reach_the_client()
    {
        using Session session = Session.Start(new SessionOptions { Budget = new Budget { MaxCalls = 1, AtLimit = BudgetAction.Stop } });
        int requests = 0;
        IChatClient client = new ScriptedClient
        {
            OnResponse = (_, _, _) =>
            {
                requests++;
                return Task.FromResult(new ChatResponse());
            },
        }.Recorded();

        await client.GetResponseAsync("?", cancellationToken: Token);
        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("?", cancellationToken: Token));

        Assert.Equal(1, requests);
    }
}
