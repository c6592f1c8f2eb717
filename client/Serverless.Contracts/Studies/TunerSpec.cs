namespace Serverless.Contracts.Studies;

/// <summary>A sampler or a pruner.</summary>
/// <param name="Name">Which, such as <c>tpe</c> or <c>asha</c>.</param>
public sealed record TunerSpec(string Name)
{
    /// <summary>Its settings, by name; what is left out has its default. A truth value is 1 or 0.</summary>
    public IReadOnlyDictionary<string, double> Settings { get; set; } = new Dictionary<string, double>();
}
