using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Serverless.FunctionsHost.Tests.Azure;
using Serverless.FunctionsHost.Tests.Host;
using Serverless.FunctionsHost.Tests.Protocol;
using Serverless.FunctionsHost.Tests.Triggers;

namespace Serverless.FunctionsHost.Tests;

/// <summary>Messages of Service Bus, also those that Event Grid puts there. No Service Bus can be reached from the app: what it rings is lost, and the message comes again.</summary>
/// <param name="azure">What the app finds of Azure.</param>
public sealed class QueueTests(AzureOnLoopback azure)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OnUpload_EventOfADroppedFile_LandsItsDataSet(bool asCloudEvent)
    {
        await using var host = await WorkerHost.StartAsync(SignedIn.Settings(azure.Settings));
        var dataset = asCloudEvent ? "cloud-event" : "event-grid";
        await azure.DropAsync($"{dataset}/rows.csv", "a,b\n1,2\n");
        var said = asCloudEvent ? BlobCreatedEvent.CloudEvent("drop", $"{dataset}/rows.csv") : BlobCreatedEvent.EventGrid("drop", $"{dataset}/rows.csv");

        await InvokeAsync(host, "on-upload", new TypedData { Bytes = ByteString.CopyFrom(Encoding.UTF8.GetBytes(said)) });

        using var call = SignedIn.As("reader", HttpMethod.Get, $"/api/v1/datasets/{dataset}/versions");
        using var found = await host.SendAsync("http", call);
        var body = await found.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(found.StatusCode == HttpStatusCode.OK && body.Contains("rows.csv", StringComparison.Ordinal), $"{body}\n{string.Join('\n', host.Log)}");
    }

    [Fact]
    public async Task OnUpload_EventThatComesTwice_LandsOneVersion()
    {
        await using var host = await WorkerHost.StartAsync(SignedIn.Settings(azure.Settings));
        await azure.DropAsync("twice/rows.csv", "a,b\n1,2\n");
        var said = new TypedData { Bytes = ByteString.CopyFromUtf8(BlobCreatedEvent.EventGrid("drop", "twice/rows.csv")) };

        await InvokeAsync(host, "on-upload", said);
        await InvokeAsync(host, "on-upload", said);

        using var call = SignedIn.As("reader", HttpMethod.Get, "/api/v1/datasets/twice/versions");
        using var found = await host.SendAsync("http", call);
        var versions = JsonSerializer.Deserialize<JsonElement>(await found.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, versions.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task OnUpload_MessageThatIsNoEvent_FailsSoThatItIsPutAside()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);

        var answer = await InvokeAsync(host, "on-upload", new TypedData { Bytes = ByteString.CopyFromUtf8("no event") });

        Assert.Equal(StatusResult.Types.Status.Failure, answer.Result.Status);
    }

    [Fact]
    public async Task OnJobEvent_NewsOfAJob_IsRaisedInItsWorkflow()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);
        host.Hub.Begin("training", "job-7");

        host.Succeeded(await InvokeAsync(host, "on-job-event", ServiceBusTrigger.Body("job-7/1/claimed"), "job-7"));

        var raised = Assert.Single(host.Hub.Raised);
        Assert.Equal("job-7", raised.InstanceId);
        Assert.Contains("claimed", raised.Input, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnJobEvent_RingOfNobody_FailsAndSaysWhy()
    {
        await using var host = await WorkerHost.StartAsync(azure.Settings);

        var answer = await InvokeAsync(host, "on-job-event", ServiceBusTrigger.Body("whatever"), "whatever");

        Assert.Equal(StatusResult.Types.Status.Failure, answer.Result.Status);
        Assert.Contains("job/epoch/what", answer.Result.Exception.Message, StringComparison.Ordinal);
    }

    private static async Task<InvocationResponse> InvokeAsync(WorkerHost host, string function, TypedData message, string? session = null)
    {
        var parameter = host.Bound(function, "serviceBusTrigger").Single();
        return await host.InvokeAsync(function, new Dictionary<string, TypedData> { [parameter] = message }, ServiceBusTrigger.Metadata("message-1", session));
    }
}
