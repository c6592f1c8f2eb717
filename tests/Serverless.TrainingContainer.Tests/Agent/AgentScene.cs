using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent;

/// <summary>A host, a node's disk and what a test starts on them.</summary>
internal sealed class AgentScene : IAsyncDisposable
{
    private readonly List<AgentProcess> agents = [];
    private int jobs;

    private AgentScene(FakeHost host) => Host = host;

    public FakeHost Host { get; }

    public TempFolder Data { get; } = new();

    public static async Task<AgentScene> OpenAsync() => new(await FakeHost.StartAsync());

    /// <summary>Starts an agent.</summary>
    public AgentProcess Agent(string node = "node-1", string token = FakeHost.Token, params string[] more)
    {
        var agent = AgentProcess.Start(Host, Data, node, token, more);
        agents.Add(agent);
        return agent;
    }

    /// <summary>A ticket for a command.</summary>
    public JobTicket Ticket(params string[] command) => new()
    {
        JobId = $"job-{++jobs}",
        Epoch = 0,
        LeaseSeconds = 0,
        Command = command,
        Arguments = [],
        Environment = new Dictionary<string, string>(),
        Inputs = [],
        Code = [],
        Checkpoint = [],
        Metrics = [],
        Limits = new LimitSpec { GraceSeconds = 20 },
    };

    /// <summary>A ticket for the program that misbehaves.</summary>
    public JobTicket Misbehave(params string[] arguments) => Ticket(AgentProcess.Built("Serverless.Misbehaver")) with { Arguments = arguments };

    /// <summary>A ticket for a shell script.</summary>
    public JobTicket Shell(string script) => Ticket("/bin/sh", "-c", script);

    /// <summary>Runs one job on a new agent to its end.</summary>
    public async Task<AttemptExit> RunAsync(JobTicket ticket)
    {
        Host.Submit(ticket);
        Agent();
        return await Host.ExitAsync(ticket.JobId);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in agents)
        {
            var told = TestContext.Current.TestState?.Result == TestResult.Failed ? string.Join('\n', agent.Lines) : "";
            if (told.Length > 0)
                TestContext.Current.SendDiagnosticMessage(told);
            await agent.DisposeAsync();
        }

        await Host.DisposeAsync();
        Data.Dispose();
    }
}
