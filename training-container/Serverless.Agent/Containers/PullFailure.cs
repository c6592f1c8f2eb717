using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Containers;

/// <summary>Why an image could not be pulled.</summary>
/// <param name="Reason">What the job's end is called.</param>
/// <param name="Message">What failed, with the cure.</param>
/// <param name="Retryable">Whether the same pull may succeed in a moment.</param>
internal sealed record PullFailure(JobReason Reason, string Message, bool Retryable)
{
    private const int MaxWords = 600;

    /// <summary>Tells from what the runtime's client said. The words are those of docker, podman and the registries; an unknown one is passed on.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="said">What the client said, the last of it.</param>
    public static PullFailure Of(string image, string said)
    {
        var words = said.Length > MaxWords ? said[^MaxWords..] : said;
        var told = words.Length == 0 ? "" : $" The runtime says: {words}";
        if (Has(words, "no space left on device", "disk quota exceeded"))
            return new(JobReason.DiskFull, $"The image '{image}' could not be pulled: the node's disk is full. Use a smaller image, or a node with a larger disk.{told}", false);
        if (Has(words, "toomanyrequests", "429 ", "rate limit"))
            return new(JobReason.ImageUnavailable, $"The image '{image}' could not be pulled: the registry takes no more requests for now. Wait, sign in to the registry on the node, or use a registry of your own.{told}", true);
        if (Has(words, "no matching manifest", "no image found in manifest list", "no image found in image index"))
            return new(JobReason.ImageUnavailable, $"The image '{image}' is not for this kind of machine. Build it for {System.Runtime.InteropServices.RuntimeInformation.OSArchitecture} as well.{told}", false);
        if (Has(words, "pull access denied", "may require 'docker login'"))
            return new(JobReason.ImageUnavailable, $"The image '{image}' does not exist, or the node may not pull it. Check the name; sign in to its registry on the node.{told}", false);
        if (Has(words, "unauthorized", "authentication required", "no basic auth credentials", "denied", "forbidden", "invalid username/password"))
            return new(JobReason.ImageUnavailable, $"The node may not pull the image '{image}': it has no credentials for the registry, or they are not accepted. Sign in on the node, or let the node's identity pull (AcrPull).{told}", false);
        if (Has(words, "manifest unknown", "name unknown", "not found", "does not exist", "unknown: ", "404 "))
            return new(JobReason.ImageUnavailable, $"The image '{image}' does not exist in its registry. Check its name, tag and digest, and that it was pushed.{told}", false);
        return new(JobReason.ImageUnavailable, $"The image '{image}' could not be pulled. Check that the node reaches its registry.{told}", true);
    }

    /// <summary>It took longer than its limit.</summary>
    public static PullFailure TooLong(string image, TimeSpan limit) =>
        new(JobReason.ImageUnavailable, FormattableString.Invariant($"The image '{image}' was not pulled within {limit.TotalSeconds:N0} s. Use a smaller image or a registry nearby, or raise the agent's --pull-seconds."), false);

    private static bool Has(string words, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (words.Contains(part, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
