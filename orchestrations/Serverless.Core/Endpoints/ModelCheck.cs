using Serverless.Contracts.Models;

namespace Serverless.Core.Endpoints;

/// <summary>Whether a model can be served.</summary>
/// <param name="Passed">Whether it can.</param>
/// <param name="Message">Why not: what, which value, which limit.</param>
/// <param name="Cure">What to do about it.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">Its outputs.</param>
public sealed record ModelCheck(bool Passed, string? Message, string? Cure, IReadOnlyList<TensorSignature> Inputs, IReadOnlyList<TensorSignature> Outputs)
{
    /// <summary>How it compared with what it was exported from; null when its file does not say.</summary>
    public ModelParity? Parity { get; init; }

    /// <summary>A model that cannot be served.</summary>
    public static ModelCheck Refused(string message, string cure) => new(false, message, cure, [], []);
}
