using System.Text.Json;
using Serverless.Tuning.Pruners;
using Serverless.Tuning.Samplers.QuasiRandom;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Orchestrations.Tests.Tuning.Studies;

/// <summary>A study as version 1 saved it: it is read for ever, and goes on as it did then.</summary>
public sealed class StudyStateTests
{
    private const string Version1 = """
        {"space":{"parameters":[{"kind":"categorical","choices":["tree","linear"],"name":"algo"},{"kind":"int","low":1,"high":12,"log":false,"step":1,
        "name":"depth","when":{"kind":"equals","parameter":"algo","value":"tree"}},{"kind":"float","low":0,"high":1,"log":false,"step":0.25,
        "name":"l2"},{"kind":"float","low":-1,"high":1,"log":false,"name":"x"},{"kind":"ordinal","levels":[1,2,4],"name":"size"},{"kind":"constant",
        "value":true,"name":"fast"}],"forbidden":[{"kind":"all","conditions":[{"kind":"oneOf","parameter":"algo","values":["linear"]},{"kind":"between",
        "parameter":"l2","max":0.25}]}]},"objectives":[{"name":"accuracy","direction":"Maximize","final":"MeanOfLast","meanOf":2}],
        "random":"cd2430ea93c77c02d26ab6428e8200c43ce231bcdee2f1c78252ee1e60599785","version":1,"sampler":"halton",
        "memory":{"rows":{"sequence":[3,360188718]}},"pruner":"median","limits":{"maxTrials":50,"parallelism":3,"maxFailures":9,"maxElapsed":"02:00:00",
        "maxCost":12.5},"trials":[{"number":0,"point":[1,"NaN",1,0.8191382193796866,2,0],"status":"Complete","origin":"Sampled","values":[0.625],
        "steps":[[1,2]],"reports":[[0.5,0.75]],"stopAsked":false},{"number":1,"point":[0,1,0,0.5334239336654008,0,0],"status":"Running","origin":"Sampled",
        "values":[],"steps":[[1]],"reports":[[0.25]],"stopAsked":true},{"number":2,"point":[1,"NaN",0.5,-0.6094332091917414,2,0],"status":"Failed",
        "origin":"Sampled","values":[],"steps":[[]],"reports":[[]],"stopAsked":false},{"number":3,"point":[0,3,0.5,0,2,0],"status":"Complete",
        "origin":"Chosen","values":["Infinity"],"steps":[[]],"reports":[[]],"stopAsked":false}],"ended":[0,2,3],"chosen":[[1,"NaN",0.75,0.5,0,0]],
        "elapsed":"00:05:00","cost":1.25,"stopRequested":false,"exhausted":false}
        """;

    [Fact]
    public void Restore_StudyOfVersion1_GoesOnAsItDidThen()
    {
        var study = Study.Restore(Read(), new QuasiRandomSampler(QuasiRandomKind.Halton), new PercentilePruner(startupTrials: 1));

        study.Apply(new TrialPruned(1));
        var starts = study.Apply(new TrialsAsked(3)).OfType<StartTrial>().Select(start => $"{start.Trial}: {string.Join(' ', start.Values.Select(value => $"{value.Key}={value.Value}"))}");

        Assert.Equal(
            [
                "4: algo=linear l2=0.75 x=0.5 size=1 fast=true",
                "5: algo=tree depth=12 l2=0.75 x=-0.0380046377631702 size=4 fast=true",
                "6: algo=tree depth=8 l2=1 x=0.24770964795111516 size=1 fast=true",
            ],
            starts);
        Assert.Equal(TrialStatus.Pruned, study.History.Trials[1].Status);
    }

    private static StudyState Read() => JsonSerializer.Deserialize(Version1, StudyJson.Default.StudyState)!;
}
