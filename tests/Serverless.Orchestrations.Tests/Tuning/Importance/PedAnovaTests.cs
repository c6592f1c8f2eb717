using Serverless.Tuning.Importance;

namespace Serverless.Orchestrations.Tests.Tuning.Importance;

public sealed class PedAnovaTests
{
    public static TheoryData<string> Names => [.. RecordedTrials.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_RecordedTrials_IsWhatOptunaGives(string name)
    {
        var recorded = RecordedTrials.All[name];

        var report = ParameterRanking.Of(recorded.ToHistory(), new ImportanceOptions { Method = ImportanceMethod.PedAnova });

        Assert.Equal(recorded.PedAnova.Count, report.Parameters.Count);
        foreach (var parameter in report.Parameters)
            Assert.Equal(1, parameter.Value / recorded.PedAnova[parameter.Name], 1e-7);
        Assert.Equal(1, report.Parameters.Sum(parameter => parameter.Importance), 1e-12);
    }
}
