namespace Serverless.Core.Doorbells;

/// <summary>The names of the queues.</summary>
public static class Queues
{
    /// <summary>Data that landed: ids <c>name@version</c>.</summary>
    public const string Landings = "landings";

    /// <summary>Jobs that wait for a node of a pool: ids of jobs.</summary>
    public static string Pool(string pool) => $"pool/{pool}";
}
