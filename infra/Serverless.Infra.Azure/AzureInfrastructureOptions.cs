using System.Text.RegularExpressions;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Infra.Azure.Artifacts;
using Serverless.Infra.Azure.Doorbells;

namespace Serverless.Infra.Azure;

/// <summary>What the infrastructure in Azure needs to know. There are no keys among it: whoever runs the host proves itself by its identity.</summary>
public sealed partial record AzureInfrastructureOptions
{
    /// <summary>The address of the account's blobs, such as <c>https://NAME.blob.core.windows.net</c>.</summary>
    public required string BlobEndpoint { get; init; }

    /// <summary>The address of the account's tables, such as <c>https://NAME.table.core.windows.net</c>.</summary>
    public required string TableEndpoint { get; init; }

    /// <summary>The table of the documents; made when it is not there.</summary>
    public string Table { get; init; } = "documents";

    /// <summary>The namespace's host name, such as <c>NAME.servicebus.windows.net</c>.</summary>
    public string ServiceBusNamespace { get; init; } = "";

    /// <summary>The vault's address, such as <c>https://NAME.vault.azure.net</c>.</summary>
    public string KeyVaultEndpoint { get; init; } = "";

    /// <summary>The client id of the user-assigned identity; null: the credentials of the environment (on a developer's machine those of <c>az login</c>).</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>How artifacts lie in blobs.</summary>
    public BlobStoreOptions Artifacts { get; init; } = new();

    /// <summary>How rings lie in Service Bus.</summary>
    public ServiceBusDoorbellOptions Doorbell { get; init; } = new();

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with everything that is wrong.</exception>
    public void Check()
    {
        var errors = StoreErrors();
        CheckAddress(errors, KeyVaultEndpoint, "keyVaultEndpoint", "https://NAME.vault.azure.net");
        if (Uri.CheckHostName(ServiceBusNamespace) != UriHostNameType.Dns)
            errors.Add(new FieldError("serviceBusNamespace", $"{Shown.Quote(ServiceBusNamespace)} is not the name of a host.", "Give a host name such as 'NAME.servicebus.windows.net', without 'https://'."));
        CheckRange(errors, Doorbell.SessionLook.TotalMilliseconds, 200, 60_000, "doorbell.sessionLook (ms)");
        CheckRange(errors, Doorbell.Look.TotalMilliseconds, 50, 10_000, "doorbell.look (ms)");
        CheckRange(errors, Doorbell.MaxDeadRead, 1_000, 100_000, "doorbell.maxDeadRead");
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }

    /// <summary>Checks what <see cref="AzureInfrastructureRegistration.AddAzureStores"/> needs of it.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with everything that is wrong.</exception>
    public void CheckStores()
    {
        var errors = StoreErrors();
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }

    private List<FieldError> StoreErrors()
    {
        var errors = new List<FieldError>();
        CheckAddress(errors, BlobEndpoint, "blobEndpoint", "https://NAME.blob.core.windows.net");
        CheckAddress(errors, TableEndpoint, "tableEndpoint", "https://NAME.table.core.windows.net");
        CheckText(errors, Table, TableName(), "table", "3 to 63 letters and digits, first a letter");
        CheckText(errors, Artifacts.Container, ContainerName(), "artifacts.container", "3 to 63 lower-case letters, digits and single dashes");
        if (ManagedIdentityClientId is { } client && !Guid.TryParse(client, out _))
            errors.Add(new FieldError("managedIdentityClientId", $"{Shown.Quote(client)} is not a client id.", "Give the identity's client id (a GUID), or leave it out."));
        CheckRange(errors, Artifacts.BlockBytes, 64 << 10, 100 << 20, "artifacts.blockBytes");
        CheckRange(errors, Artifacts.AppendBytes, 64 << 10, 4 << 20, "artifacts.appendBytes");
        return errors;
    }

    private static void CheckAddress(List<FieldError> errors, string text, string where, string example)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.Query.Length > 0)
            errors.Add(new FieldError(where, $"{Shown.Quote(text)} is not an address that begins with 'https://' and has no query.", $"Give an address such as '{example}'."));
    }

    private static void CheckText(List<FieldError> errors, string text, Regex pattern, string where, string cure)
    {
        if (!pattern.IsMatch(text))
            errors.Add(new FieldError(where, $"{Shown.Quote(text)} is not a name that Azure takes.", $"Give {cure}."));
    }

    private static void CheckRange(List<FieldError> errors, double value, double low, double high, string where)
    {
        if (!(value >= low && value <= high))
            errors.Add(new FieldError(where, $"{value} is not between {low} and {high}.", $"Give a value from {low} to {high}."));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$", RegexOptions.NonBacktracking)]
    private static partial Regex TableName();

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){2,62}$", RegexOptions.NonBacktracking)]
    private static partial Regex ContainerName();
}
