using Serverless.Cli.Shell;

namespace Serverless.Cli.Demo;

/// <summary>Says each step with its time, and bounds the wait for each.</summary>
internal sealed class DemoSteps(Output output, TimeProvider clock, CancellationToken cancel)
{
    private readonly long begin = clock.GetTimestamp();
    private string seen = "nothing yet";

    /// <summary>Since the begin.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(begin);

    /// <summary>Tells the person, with the time.</summary>
    public void Say(string text)
    {
        seen = text;
        output.Talk(FormattableString.Invariant($"{Elapsed.TotalSeconds,5:0.0} s  {text}"));
    }

    /// <summary>Remembers how things stand, for the message of a step that does not happen.</summary>
    public void Seen(string text) => seen = text;

    /// <summary>Does a step, or fails with its name and what was last seen.</summary>
    /// <param name="step">What is awaited.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="work">Does it.</param>
    public async Task<T> AwaitAsync<T>(string step, TimeSpan patience, Func<CancellationToken, Task<T>> work)
    {
        using var late = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw CliException.Failed($"The demo failed at its step '{step}': it did not happen within {patience.TotalSeconds:0} s. Last seen: {seen}.");
        }
        catch (Exception e) when (e is not (OperationCanceledException or CliException))
        {
            throw CliException.Failed($"The demo failed at its step '{step}': {e.Message} Last seen: {seen}.");
        }
    }

    /// <summary>Asks again and again until there is an answer.</summary>
    public Task<T> AwaitSomeAsync<T>(string step, TimeSpan patience, Func<CancellationToken, Task<T?>> ask)
        where T : class => AwaitAsync(step, patience, async stop =>
        {
            while (true)
            {
                if (await ask(stop) is { } answer)
                    return answer;
                await Task.Delay(TimeSpan.FromMilliseconds(40), clock, stop);
            }
        });
}
