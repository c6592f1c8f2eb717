using Serverless.Core.Workflows;

namespace Serverless.Durable.Replay;

/// <summary>Something that the workflow's code asked for and that has not come yet.</summary>
internal abstract class PendingCall(long call, string what)
{
    public long Call { get; } = call;

    /// <summary>How a message names it.</summary>
    public string What { get; } = what;

    /// <summary>The attempt that is under way, of an activity.</summary>
    public int Attempt { get; set; } = 1;

    public string? Name { get; init; }

    public string Input { get; init; } = "null";

    public RetryPolicy? Retry { get; init; }

    public abstract void Complete(string json);

    public abstract void Fail(Exception error);

    public abstract void Cancel(CancellationToken token);
}

internal sealed class PendingCall<T>(long call, string what, Func<string, T> read) : PendingCall(call, what)
{
    private readonly TaskCompletionSource<T> source = new();

    public Task<T> Task => source.Task;

    public override void Complete(string json)
    {
        T value;
        try
        {
            value = read(json);
        }
        catch (System.Text.Json.JsonException error)
        {
            source.TrySetException(error);
            return;
        }

        source.TrySetResult(value);
    }

    public override void Fail(Exception error) => source.TrySetException(error);

    public override void Cancel(CancellationToken token) => source.TrySetCanceled(token);
}
