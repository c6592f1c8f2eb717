using System.Text.Json;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Importance;

/// <summary>Trials, and what Optuna 4.9.0 with scikit-learn 1.2.1 says of them: recorded by <c>optuna-importance-peer.py</c> of the benchmarks with ten seeds.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Parameters">The space.</param>
/// <param name="Points">A number for each parameter; of a categorical one the index of its choice.</param>
/// <param name="Values">What each came to; less is better.</param>
/// <param name="PedAnova">What PedAnovaImportanceEvaluator gives, before it is made to add up to 1.</param>
/// <param name="Fanova">What FanovaImportanceEvaluator gives for each seed.</param>
public sealed record RecordedTrials(
    string Name,
    IReadOnlyList<RecordedParameter> Parameters,
    IReadOnlyList<double[]> Points,
    IReadOnlyList<double> Values,
    IReadOnlyDictionary<string, double> PedAnova,
    IReadOnlyList<IReadOnlyDictionary<string, double>> Fanova)
{
    private static readonly Lazy<IReadOnlyDictionary<string, RecordedTrials>> Read = new(() =>
    {
        using var stream = typeof(RecordedTrials).Assembly.GetManifestResourceStream("optuna-importance.jsonl")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<RecordedTrials>(line, JsonSerializerOptions.Web)!).ToDictionary(trials => trials.Name);
    });

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, RecordedTrials> All => Read.Value;

    /// <summary>As the search knows them.</summary>
    public TrialHistory ToHistory() => Histories.Of(new SpaceDescription([.. Parameters.Select(parameter => parameter.Read())]), Points, [.. Values.Select(value => new[] { value })]);
}
