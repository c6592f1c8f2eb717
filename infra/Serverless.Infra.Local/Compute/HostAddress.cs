namespace Serverless.Infra.Local.Compute;

/// <summary>The address at which the host answers, known once it listens. Whoever needs it waits.</summary>
public sealed class HostAddress
{
    private readonly TaskCompletionSource<Uri> known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says it, once; later calls change nothing.</summary>
    public void Set(Uri url) => known.TrySetResult(url);

    /// <summary>The address, as soon as it is known.</summary>
    public Task<Uri> GetAsync(CancellationToken cancel) => known.Task.WaitAsync(cancel);
}
