using System.Text.Json;
using Serverless.Core.Failures;

namespace Serverless.Core.Workflows.Hosted;

/// <summary>
/// Runs the catalogue's workflows and activities as functions of an engine that somebody else hosts. All that can be decided is decided here, and tested without that engine;
/// an adapter hands over <see cref="IHostedTurn"/> and text. See docs/mechanisms/durable-functions.md.
/// </summary>
public sealed class HostedRunner
{
    private readonly WorkflowCatalog catalog;
    private readonly HostedStarts starts;
    private readonly HostedLimits limits;
    private readonly IReadOnlyDictionary<string, string> workflows;
    private readonly IReadOnlyDictionary<string, string> activities;

    /// <summary>Makes the runner of a catalogue.</summary>
    /// <param name="catalog">What can be run.</param>
    /// <param name="starts">Starts called workflows.</param>
    /// <param name="limits">The bounds.</param>
    public HostedRunner(WorkflowCatalog catalog, HostedStarts starts, HostedLimits limits)
    {
        this.catalog = catalog;
        this.starts = starts;
        this.limits = limits;
        (workflows, activities) = FunctionNames.For(catalog);
    }

    /// <summary>Runs or replays a workflow.</summary>
    /// <param name="function">The function that the engine runs.</param>
    /// <param name="turn">What the engine gives.</param>
    /// <param name="input">The run's input as text.</param>
    /// <returns>The output as JSON; of a run that goes on as a new one it is dropped.</returns>
    /// <exception cref="HostedRunException">The workflow failed.</exception>
    public async Task<string> RunAsync(string function, IHostedTurn turn, string input)
    {
        var start = HostedJson.Read(input, HostedJson.Default.HostedStart);
        var context = new HostedContext(turn, catalog, limits, start);
        try
        {
            if (!workflows.TryGetValue(function, out var name))
                throw new ServerlessException("unknown_workflow", $"There is no workflow '{function}' here.", "Run the version that has it.");
            _ = context.DealAsync();
            var output = await catalog.Workflows[name].RunAsync(context, start.Input);
            context.Close();
            if (context.Next is null)
                output = PayloadLimit.Within(output, limits.PayloadBytes, "result", name);
            End(turn, start, context);
            return output;
        }
        catch (Exception error)
        {
            context.Close();
            Tell(turn, start);
            throw HostedFailures.Ended(WorkflowFailures.Of(error));
        }
    }

    /// <summary>Runs an activity. A failure of the activity is an answer, too: so nothing of it is lost on the way.</summary>
    /// <param name="function">The function that the engine runs.</param>
    /// <param name="services">The services of this call.</param>
    /// <param name="input">The call as text.</param>
    /// <param name="cancel">The process goes down.</param>
    /// <returns>The answer as text.</returns>
    public async Task<string> RunActivityAsync(string function, IServiceProvider services, string input, CancellationToken cancel)
    {
        HostedAnswer answer;
        try
        {
            answer = function == FunctionNames.Look
                ? await starts.LookAsync(HostedJson.Read(input, HostedJson.Default.HostedLook), cancel)
                : new HostedAnswer { Output = await CallAsync(function, services, HostedJson.Read(input, HostedJson.Default.HostedCall), cancel) };
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            answer = new HostedAnswer { Failure = WorkflowFailures.Of(error) };
        }

        return JsonSerializer.Serialize(answer, HostedJson.Default.HostedAnswer);
    }

    /// <summary>The failure of an answer, for logs; null: none.</summary>
    public static WorkflowFailure? FailureOf(string answer) => HostedJson.TryRead(answer, HostedJson.Default.HostedAnswer)?.Failure;

    private async Task<string> CallAsync(string function, IServiceProvider services, HostedCall call, CancellationToken cancel)
    {
        if (!activities.TryGetValue(function, out var name))
            throw HostedFailures.UnknownActivity(function);
        var output = await catalog.Activities[name].RunAsync(services, new ActivityCall(call.InstanceId, call.Sequence, call.Attempt), call.Input, cancel);
        return PayloadLimit.Within(output, limits.PayloadBytes, "result", name);
    }

    private void End(IHostedTurn turn, HostedStart start, HostedContext context)
    {
        if (context.Next is { } next)
            turn.ContinueAsNew(JsonSerializer.Serialize(start with { Input = next, Calls = context.Calls, Events = context.Untaken, Changes = catalog.Changes }, HostedJson.Default.HostedStart));
        else
            Tell(turn, start);
    }

    private static void Tell(IHostedTurn turn, HostedStart start)
    {
        if (start.Caller is { } caller)
            turn.Send(caller, JsonSerializer.Serialize(new HostedMessage(turn.InstanceId) { IsEnd = true }, HostedJson.Default.HostedMessage));
    }
}
