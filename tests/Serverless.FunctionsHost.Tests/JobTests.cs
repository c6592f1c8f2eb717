using System.Net.Http.Json;
using System.Text.Json;
using Serverless.FunctionsHost.Tests.Azure;
using Serverless.FunctionsHost.Tests.Durable;
using Serverless.FunctionsHost.Tests.Host;
using Serverless.FunctionsHost.Tests.Protocol.Durable;

namespace Serverless.FunctionsHost.Tests;

/// <summary>A job from its submission on, with the test in the place of the workflow engine.</summary>
/// <param name="azure">What the app finds of Azure.</param>
public sealed class JobTests(AzureOnLoopback azure)
{
    private const OrchestratorAction.ActionTypeOneofCase Schedule = OrchestratorAction.ActionTypeOneofCase.ScheduleTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_Submitted_IsKeptAndItsWorkflowStarted()
    {
        await using var host = await WorkerHost.StartAsync(SignedIn.Settings(AppSettings.WithPools(azure.Settings)));

        var id = await SubmitAsync(host);

        Assert.Equal("training", host.Hub.Started[id].Name);
        Assert.Equal("pending", await StatusAsync(host, id));
    }

    [Fact]
    public async Task Job_StoppedBeforeItsAdmission_EndsByItsWorkflow()
    {
        await using var host = await WorkerHost.StartAsync(SignedIn.Settings(AppSettings.WithPools(azure.Settings)));
        var id = await SubmitAsync(host);
        using var stop = SignedIn.As("submitter", HttpMethod.Post, $"/api/v1/jobs/{id}/stop");
        using var stopped = await host.SendAsync("http", stop); // written down; the news of it is lost, since no Service Bus can be reached, and the workflow finds it by itself

        var training = new Orchestration(host, "training", id, host.Hub.Started[id].Input, TimeProvider.System.GetUtcNow());
        var admit = Orchestration.Only(await training.BeginAsync(), Schedule);
        var release = Orchestration.Only(await training.CompleteAsync(admit, await RunAsync(host, admit)), Schedule);
        var end = Orchestration.Only(await training.CompleteAsync(release, await RunAsync(host, release)), OrchestratorAction.ActionTypeOneofCase.CompleteOrchestration);

        Assert.Equal("training-release", release.ScheduleTask.Name);
        Assert.Null(end.CompleteOrchestration.FailureDetails);
        Assert.Equal("stopped", await StatusAsync(host, id));
    }

    private static Task<string> RunAsync(WorkerHost host, OrchestratorAction task) => Activity.RunAsync(host, task.ScheduleTask);

    private static async Task<string> SubmitAsync(WorkerHost host)
    {
        using var call = SignedIn.As("submitter", HttpMethod.Post, "/api/v1/jobs");
        call.Content = JsonContent.Create(new { name = "first", program = new { command = new[] { "python3", "train.py" } } });
        await call.Content.LoadIntoBufferAsync(Cancel); // so that its length is said
        using var response = await host.SendAsync("http", call);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {body}\n{string.Join('\n', host.Log)}");
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("id").GetString()!;
    }

    private static async Task<string> StatusAsync(WorkerHost host, string id)
    {
        using var call = SignedIn.As("reader", HttpMethod.Get, $"/api/v1/jobs/{id}");
        using var found = await host.SendAsync("http", call);
        return JsonSerializer.Deserialize<JsonElement>(await found.Content.ReadAsStringAsync(Cancel)).GetProperty("status").GetString()!;
    }
}
