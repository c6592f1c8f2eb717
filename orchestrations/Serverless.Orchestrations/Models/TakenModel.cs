namespace Serverless.Orchestrations.Models;

/// <summary>How the taking of a model came out.</summary>
/// <param name="Model">The model version, as <c>name@version</c>; null when there is none.</param>
internal sealed record TakenModel(string? Model)
{
    /// <summary>Whether the program wrote no such file; otherwise the file is no model that can be served.</summary>
    public bool Missing { get; init; }

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Cure { get; init; }
}
