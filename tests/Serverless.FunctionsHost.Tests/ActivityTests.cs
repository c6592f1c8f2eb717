using System.Text.Json;
using Serverless.FunctionsHost.Tests.Azure;
using Serverless.FunctionsHost.Tests.Durable;
using Serverless.FunctionsHost.Tests.Host;

namespace Serverless.FunctionsHost.Tests;

/// <summary>Activity functions.</summary>
/// <param name="azure">What the app finds of Azure.</param>
public sealed class ActivityTests(AzureOnLoopback azure)
{
    [Fact]
    public async Task TrainingAdmit_JobOfNobody_AnswersThatItIsOver()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);

        var answer = await InvokeAsync(host, "training-admit", """{"instanceId":"nobody","sequence":0,"attempt":1,"input":{"jobId":"nobody"}}""");

        Assert.Equal("Over", answer.GetProperty("output").GetProperty("next").GetString());
    }

    [Fact]
    public async Task TrainingAdmit_TextThatIsNoCall_AnswersTheFailure()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);

        var answer = await InvokeAsync(host, "training-admit", "[]");

        Assert.NotEqual("", answer.GetProperty("failure").GetProperty("message").GetString());
    }

    [Fact]
    public async Task WorkflowLook_WorkflowNotYetKnown_StartsItInTheHub()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);

        var answer = await InvokeAsync(host, "workflow-look", """{"caller":"job-8","workflow":"deployment","instanceId":"deployment-8","input":{"deploymentId":"deployment-8"}}""");

        Assert.True(answer.GetProperty("runs").GetBoolean());
        Assert.Equal("deployment", host.Hub.Started["deployment-8"].Name);
    }

    private static async Task<JsonElement> InvokeAsync(WorkerHost host, string function, string call) =>
        JsonSerializer.Deserialize<JsonElement>(await Activity.RunAsync(host, function, call));
}
