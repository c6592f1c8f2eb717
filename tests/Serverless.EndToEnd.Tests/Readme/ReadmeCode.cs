using Serverless.Client;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;

namespace Serverless.EndToEnd.Tests.Readme;

/// <summary>The README's C# code: what is between the marks is in the README word for word.</summary>
internal static class ReadmeCode
{
    public static async Task<(Job Job, PredictResponse Answer)> RunAsync()
    {
        // readme: begin
        using var serverless = ServerlessClient.Connect();   // the host that runs here, or the one that SERVERLESS_URL and SERVERLESS_KEY name

        var data = await serverless.Data.PutFileAsync("digits", "samples/digits.csv");
        var training = await serverless.Jobs.SubmitAsync(new JobSpec
        {
            Program = new ProgramSpec { Algorithm = "logistic-regression" },
            Arguments = ["--target", "label"],
            Inputs = [new InputSpec { Channel = "train", Dataset = $"{data.Name}@{data.Version}" }],
            Model = new ModelSpec { Name = "digits", Gate = [new GateSpec("accuracy", GateOperator.AtLeast, 0.93)], Endpoint = "digits" },
        });
        var job = await training.WaitAsync();
        Console.WriteLine($"{job.Status}: {job.Model} with accuracy {job.Metrics["accuracy"]}");

        var rows = File.ReadLines("samples/digits.csv").Take(4).Select(line => line[..line.LastIndexOf(',')]);   // the header and three digits, without their labels
        var answer = await serverless.Endpoints.PredictCsvAsync("digits", string.Join('\n', rows));
        Console.WriteLine(string.Join(", ", answer.Predictions.Select(prediction => prediction.Label)));
        // readme: end
        return (job, answer);
    }
}
