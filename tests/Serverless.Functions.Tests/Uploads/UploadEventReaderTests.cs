using System.Text;
using System.Text.Json;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Uploads;

namespace Serverless.Functions.Tests.Uploads;

public sealed class UploadEventReaderTests
{
    /// <summary>The example of Event Grid's documentation of blob storage events, with another subject.</summary>
    private const string EventGrid = """
        {"topic":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a","subject":"/blobServices/default/containers/drop/blobs/sales/today.csv",
         "eventType":"Microsoft.Storage.BlobCreated","id":"831e1650-001e-001b-66ab-eeb76e069631","dataVersion":"","metadataVersion":"1","eventTime":"2017-06-26T18:41:00.9584103Z",
         "data":{"api":"PutBlockList","eTag":"0x8D4BCC2E4835CD0","contentType":"text/csv","contentLength":524288,"blobType":"BlockBlob","url":"https://a.blob.core.windows.net/drop/sales/today.csv","sequencer":"00000000000004420000000000028963"}}
        """;

    private const string CloudEvent = """
        {"specversion":"1.0","type":"Microsoft.Storage.BlobCreated","source":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a","id":"9aeb0fdf","time":"2020-03-17T16:38:07Z",
         "subject":"/blobServices/default/containers/drop/blobs/sales/today.csv","data":{"api":"PutBlob","url":"https://a.blob.core.windows.net/drop/sales/today.csv"}}
        """;

    [Theory]
    [InlineData(EventGrid)]
    [InlineData(CloudEvent)]
    public void Event_OfEitherSchema_SaysWhereToLook(string json)
    {
        Assert.Equal([new UploadEvent("drop", "sales/today.csv")], Read(json));
        Assert.Equal([new UploadEvent("drop", "sales/today.csv"), new UploadEvent("drop", "sales/today.csv")], Read($"[{json},{json}]"));
    }

    [Theory]
    [InlineData("sales/ü – 1.csv")]
    [InlineData("sales/../../secret")]
    [InlineData("a/blobs/b/blobs/c")]
    [InlineData("sales/\u202Egnp.exe")]
    public void Event_AnyName_IsGivenAsItIs(string name)
    {
        var json = $$"""{"eventType":"Microsoft.Storage.BlobCreated","subject":{{JsonSerializer.Serialize("/blobServices/default/containers/drop/blobs/" + name)}}}""";
        Assert.Equal(name, Assert.Single(Read(json)).Path);
    }

    [Theory]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobDeleted","subject":"x"}""")]
    [InlineData("""{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"x"}}""")]
    [InlineData("""{"specversion":"1.0","type":"Microsoft.Storage.DirectoryRenamed"}""")]
    [InlineData("[]")]
    public void Event_AboutSomethingElse_IsPassedOver(string json) => Assert.Empty(Read(json));

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("3")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[3]")]
    [InlineData("""{"eventType":3}""")]
    [InlineData("""{"specversion":"0.3","type":"Microsoft.Storage.BlobCreated","subject":"x"}""")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated"}""")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated","subject":"/blobServices/default/containers/drop/blobs/"}""")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated","subject":"/blobServices/default/containers//blobs/x"}""")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated","subject":"/other/drop/x"}""")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobCreated","subject":"/blobServices/default/containers/drop/blobs/\ud800"}""")]
    public void Message_NoEvent_IsRefusedForGood(string text)
    {
        var error = Assert.Throws<ServerlessException>(() => Read(text));
        Assert.Equal((ProblemCodes.Invalid, false), (error.Code, error.Retryable));
    }

    [Fact]
    public void Message_InvalidUtf8DeepOrLarge_IsRefusedForGood()
    {
        Assert.Throws<ServerlessException>(() => UploadEventReader.Read(new byte[] { (byte)'"', 0xFF, 0xFE, (byte)'"' }));
        Assert.Throws<ServerlessException>(() => Read(new string('[', 10_000) + new string(']', 10_000)));
        Assert.Throws<ServerlessException>(() => Read($"[{string.Join(',', Enumerable.Repeat(EventGrid, 101))}]"));
        var large = Assert.Throws<ServerlessException>(() => Read($$"""{"eventType":"{{new string('x', 256 * 1024)}}"}"""));
        Assert.Equal(ProblemCodes.TooLarge, large.Code);
        Assert.Contains("262,144", large.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<UploadEvent> Read(string json) => UploadEventReader.Read(Encoding.UTF8.GetBytes(json));
}
