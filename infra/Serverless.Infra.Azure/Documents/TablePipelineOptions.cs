using Azure.Core;

namespace Serverless.Infra.Azure.Documents;

/// <summary>Retries and transport of the requests to the table service.</summary>
internal sealed class TablePipelineOptions : ClientOptions;
