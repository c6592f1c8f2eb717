using Serverless.Infra.Tests.Templates.Reading;

namespace Serverless.Infra.Tests.Templates.Rules;

/// <summary>Identity instead of keys, TLS 1.2, nothing public that need not be.</summary>
internal static class SafetyRules
{
    /// <summary>Functions that give out keys.</summary>
    private static readonly string[] KeyGivers = ["listKeys", "listSecrets", "listAccountSas", "listServiceSas", "listCredentials", "listConnectionStrings", "list"];

    /// <summary>Words that stand in connection strings with keys.</summary>
    private static readonly string[] KeyWords = ["AccountKey=", "SharedAccessKey", "SharedAccessSignature", "Password=", "InstrumentationKey="];

    /// <summary>What a resource of a type must say, by the path of the member.</summary>
    private static readonly (string Type, string Path, string Value)[] Demands =
    [
        ("Microsoft.Storage/storageAccounts", "properties.allowSharedKeyAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "properties.allowBlobPublicAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "properties.allowCrossTenantReplication", "false"),
        ("Microsoft.Storage/storageAccounts", "properties.defaultToOAuthAuthentication", "true"),
        ("Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", "TLS1_2"),
        ("Microsoft.Storage/storageAccounts", "properties.supportsHttpsTrafficOnly", "true"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "properties.publicAccess", "None"),
        ("Microsoft.ServiceBus/namespaces", "properties.disableLocalAuth", "true"),
        ("Microsoft.ServiceBus/namespaces", "properties.minimumTlsVersion", "1.2"),
        ("Microsoft.ServiceBus/namespaces/queues", "properties.requiresDuplicateDetection", "true"),
        ("Microsoft.ServiceBus/namespaces/queues", "properties.deadLetteringOnMessageExpiration", "true"),
        ("Microsoft.Web/sites", "properties.httpsOnly", "true"),
        ("Microsoft.Web/sites", "properties.siteConfig.minTlsVersion", "1.2"),
        ("Microsoft.Web/sites", "properties.siteConfig.scmMinTlsVersion", "1.2"),
        ("Microsoft.Web/sites", "properties.siteConfig.ftpsState", "Disabled"),
        ("Microsoft.Web/sites", "properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity"),
        ("Microsoft.Web/sites", "identity.type", "UserAssigned"),
        ("Microsoft.Web/serverfarms", "sku.name", "FC1"),
        ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "properties.allow", "false"),
        ("Microsoft.App/containerApps", "properties.configuration.ingress.allowInsecure", "false"),
        ("Microsoft.App/containerApps", "properties.template.scale.minReplicas", "0"),
        ("Microsoft.App/containerApps", "identity.type", "UserAssigned"),
        ("Microsoft.ContainerRegistry/registries", "properties.adminUserEnabled", "false"),
        ("Microsoft.KeyVault/vaults", "properties.enableRbacAuthorization", "true"),
        ("Microsoft.KeyVault/vaults", "properties.enableSoftDelete", "true"),
        ("Microsoft.OperationalInsights/workspaces", "properties.features.disableLocalAuth", "true"),
        ("Microsoft.Insights/components", "properties.DisableLocalAuth", "true"),
        ("Microsoft.Authorization/roleAssignments", "properties.principalType", "ServicePrincipal"),
    ];

    /// <summary>Types that would stand and bill by the hour; they come only under a condition.</summary>
    private static readonly string[] Standing = ["Microsoft.Network/natGateways", "Microsoft.Network/publicIPAddresses", "Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Network/bastionHosts"];

    public static IEnumerable<string> Check(TemplateFolder folder) =>
        [.. folder.Made().SelectMany(made => Check(made.File, made.Resource)), .. folder.Files.Values.SelectMany(Keys), .. Unused(folder)];

    private static IEnumerable<string> Check(BicepFile file, BicepResource resource)
    {
        foreach (var (_, path, value) in Demands.Where(demand => demand.Type == resource.Type))
        {
            var found = path.Split('.').Aggregate((BicepExpression?)resource.Body, (at, name) => (at as BicepObject)?[name]);
            if ((found?.Literal ?? (found as BicepConstant)?.Value) != value)
                yield return $"{file.Path}({resource.Line}): '{resource.Name}' must say {path} = {value}.";
        }

        if (Standing.Contains(resource.Type) && resource.Condition is null)
            yield return $"{file.Path}({resource.Line}): '{resource.Name}' would stand and bill by the hour; it needs a condition.";
    }

    private static IEnumerable<string> Keys(BicepFile file)
    {
        var expressions = file.Statements.SelectMany(statement => statement.Expressions).SelectMany(expression => expression.All).ToList();
        foreach (var call in expressions.OfType<BicepCall>().Where(call => KeyGivers.Contains(call.Name)))
            yield return $"{file.Path}({call.Line}): '{call.Name}' gives out keys; use an identity.";
        foreach (var text in expressions.OfType<BicepText>().Where(text => text.Parts.OfType<string>().Any(part => KeyWords.Any(word => part.Contains(word, StringComparison.OrdinalIgnoreCase)))))
            yield return $"{file.Path}({text.Line}): this text looks like a connection string with a key.";
    }

    /// <summary>A demand for a type that nobody makes would check nothing.</summary>
    private static IEnumerable<string> Unused(TemplateFolder folder)
    {
        var made = folder.Made().Select(made => made.Resource.Type).ToHashSet(StringComparer.Ordinal);
        return Demands.Select(demand => demand.Type).Distinct().Where(type => !made.Contains(type)).Select(type => $"infra/: no template makes a '{type}', which the rules speak of.");
    }
}
