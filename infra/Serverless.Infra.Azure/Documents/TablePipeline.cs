using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Infra.Azure.Documents;

/// <summary>Requests to the table service: with the identity's token, tried again as Azure's clients do.</summary>
internal static class TablePipeline
{
    private const string Scope = "https://storage.azure.com/.default";

    /// <summary>Makes the pipeline.</summary>
    /// <param name="identity">Who speaks.</param>
    /// <param name="options">Retries and transport.</param>
    /// <param name="clock">Dates requests.</param>
    public static HttpPipeline Make(TokenCredential identity, TablePipelineOptions options, TimeProvider clock) =>
        HttpPipelineBuilder.Build(options, [], [new Dated(clock), new BearerTokenAuthenticationPolicy(identity, Scope)], new ResponseClassifier());

    /// <summary>The headers that every request to storage has, anew with every try.</summary>
    private sealed class Dated(TimeProvider clock) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            message.Request.Headers.SetValue("x-ms-version", "2019-02-02");
            message.Request.Headers.SetValue("x-ms-date", clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
