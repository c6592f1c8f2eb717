using System.Text.Json;
using Serverless.Agent.Retries;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Containers;

/// <summary>The node's images: one that is there is taken as it is, another is pulled, with what the pull says in the job's log.</summary>
internal sealed class ImageStore(ContainerRuntimeKind kind, RuntimeClient client, TimeSpan pullLimit, TimeProvider clock)
{
    private const int MaxTries = 3;
    private const int MaxLines = 300;
    private const int MaxLineLength = 200;
    private static readonly TimeSpan InspectLimit = TimeSpan.FromSeconds(30);

    /// <summary>Sees that an image is on the node.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="note">Told what goes on.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="StagingFailure">It cannot be had.</exception>
    public async Task<ContainerImage> BringAsync(string name, Action<string> note, CancellationToken cancel)
    {
        var reference = ImageReference.Parse(name);
        // Podman looks through a list of registries, or asks, for a name without one; docker knows one registry, and images built there have no registry at all.
        var known = kind == ContainerRuntimeKind.Podman ? reference.Full : name;
        if (await FindAsync(known, name, cancel) is { } there)
            return there;
        if (reference.IsLocal)
            throw new StagingFailure($"The image '{name}' is not on the node, and belongs to no registry that it could be pulled from. Build or load it on the node, or push it to a registry.", JobReason.ImageUnavailable);
        await PullAsync(known, note, cancel);
        return await FindAsync(known, name, cancel)
            ?? throw new StagingFailure($"The image '{name}' was pulled, but is not on the node: it was removed at that moment. Submit the job again.", JobReason.ImageUnavailable);
    }

    private async Task<ContainerImage?> FindAsync(string known, string name, CancellationToken cancel)
    {
        var result = await client.RunAsync(ContainerArguments.InspectImage(known), InspectLimit, cancel);
        if (!result.Succeeded)
            return null;
        try
        {
            return ContainerImage.Parse(result.Output, name);
        }
        catch (JsonException unreadable)
        {
            throw new StagingFailure($"What the container runtime says of the image '{name}' cannot be read: {unreadable.Message}", JobReason.ContainerFailed, unreadable);
        }
    }

    private async Task PullAsync(string image, Action<string> note, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var backOff = new BackOff(image.Length);
        note($"The image '{image}' is not on the node; pulling it.");
        for (var attempt = 1; ; attempt++)
        {
            var lines = 0;
            var left = pullLimit - clock.GetElapsedTime(started);
            var result = await client.RunAsync(ContainerArguments.Pull(image), left, cancel, line =>
            {
                if (line.Length > 0 && Interlocked.Increment(ref lines) <= MaxLines)
                    note(Shown(line));
            });
            if (result.Succeeded)
            {
                note(FormattableString.Invariant($"The image was pulled in {clock.GetElapsedTime(started).TotalSeconds:0.0} s."));
                return;
            }

            var failure = result.Code is null ? PullFailure.TooLong(image, pullLimit) : PullFailure.Of(image, result.Words);
            if (!failure.Retryable || attempt == MaxTries)
                throw new StagingFailure(failure.Message, failure.Reason);
            await Task.Delay(backOff.Next(TimeSpan.FromSeconds(attempt)), clock, cancel);
        }
    }

    /// <summary>A line of a registry or a runtime, without what could move a terminal's cursor.</summary>
    private static string Shown(string line) => new([.. line.Take(MaxLineLength).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
