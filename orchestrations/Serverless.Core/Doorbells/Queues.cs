namespace Serverless.Core.Doorbells;

/// <summary>The names of the queues.</summary>
public static class Queues
{
    /// <summary>Data that landed: ids <c>name@version</c>.</summary>
    public const string Landings = "landings";

    /// <summary>News of jobs, one job's in order: ids <c>job/epoch/what</c>.</summary>
    public const string JobEvents = "job-events";

    /// <summary>Events of Event Grid about uploads, as they come: not rings of ours.</summary>
    public const string Uploads = "uploads";

    /// <summary>Jobs that wait for a node of a pool: ids of jobs.</summary>
    public static string Pool(string pool) => $"pool/{pool}";
}
