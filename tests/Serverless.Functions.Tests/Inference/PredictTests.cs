using System.Text.Json;
using Serverless.Contracts.Wire;
using static Serverless.Functions.Tests.Inference.ServedModels;

namespace Serverless.Functions.Tests.Inference;

public sealed class PredictTests
{
    [Fact]
    public async Task Predict_Rows_AnswersLabelAndProbabilitiesByClass()
    {
        using var served = new ServedModels();
        await served.DeployAsync("flowers", Models.Flowers());
        var reply = await served.PredictAsync("flowers", """{"rows":[{"height":3,"width":1,"colour":"blue"},{"colour":"red","width":"2.5","height":null}]}""");
        Good(reply);
        var answer = JsonSerializer.Deserialize(reply.Body.Span, ContractsJson.Default.PredictResponse)!;
        Assert.Equal("flowers@1", answer.Model);
        Assert.Equal(["rose", "oxe,ye"], answer.Predictions.Select(row => row.Label!.Value.GetString()));
        Assert.Equal(Models.Classes, answer.Predictions[0].Probabilities!.Keys);
        var scores = new[] { Math.Exp(3), Math.Exp(1), Math.Exp(0) };
        Assert.Equal(scores.Select(score => score / scores.Sum()), answer.Predictions[0].Probabilities!.Values, (a, b) => Math.Abs(a - b) < 1e-6);
    }
}
