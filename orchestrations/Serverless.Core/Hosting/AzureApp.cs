namespace Serverless.Core.Hosting;

/// <summary>An app of the Azure edition.</summary>
[Flags]
public enum AzureApp
{
    /// <summary>No app.</summary>
    None = 0,

    /// <summary><c>Serverless.Functions</c>: API, triggers, workflows.</summary>
    Control = 1,

    /// <summary><c>Serverless.Functions.Inference</c>: predictions alone.</summary>
    Inference = 2,

    /// <summary>Both.</summary>
    Both = Control | Inference,
}
