using Serverless.Infra.Tests.Templates.Rules;

namespace Serverless.Infra.Tests.Templates;

/// <summary>The templates are held to their rules as text, because no Bicep compiler runs where they are tested.</summary>
public sealed class TemplateTests
{
    [Fact]
    public void Templates_Declarations_AreDescribedUsedAndThere() => Nothing(DeclarationRules.Check(TemplateFolder.Read()));

    [Fact]
    public void Templates_Resources_HaveTheFormOfTheirTypesAndTags() => Nothing(ShapeRules.Check(TemplateFolder.Read()));

    [Fact]
    public void Templates_Resources_AreSafe() => Nothing(SafetyRules.Check(TemplateFolder.Read()));

    [Fact]
    public void Templates_Rights_AreThoseOfTheDocumentation() => Nothing(RightsRules.Check(TemplateFolder.Read()));

    [Fact]
    public void Templates_Settings_AreThoseThatTheAppsRead() => Nothing(SettingRules.Check(TemplateFolder.Read()));

    [Fact]
    public void Templates_Queues_AreThoseThatTheCodeNames() => Nothing(QueueRules.Check(TemplateFolder.Read()));

    [Fact]
    public void Templates_Costs_AreAllInTheDocumentation() => Nothing(CostRules.Check(TemplateFolder.Read()));

    [Theory]
    [InlineData("infra/modules/storage-account.bicep", "  tags: tags\n", "", "'account' has no tags")]
    [InlineData("infra/modules/storage-account.bicep", "minimumTlsVersion: 'TLS1_2'", "minimumTlsVersion: 'TLS1_1'", "must say properties.minimumTlsVersion = TLS1_2")]
    [InlineData("infra/modules/storage-account.bicep", "    minimumTlsVersion: 'TLS1_2'\n", "", "must say properties.minimumTlsVersion = TLS1_2")]
    [InlineData("infra/modules/storage-account.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", "must say properties.allowSharedKeyAccess = false")]
    [InlineData("infra/modules/storage-account.bicep", "allowBlobPublicAccess: false", "allowBlobPublicAccess: privateOnly", "must say properties.allowBlobPublicAccess = false")]
    [InlineData("infra/modules/storage-account.bicep", "publicAccess: 'None'", "publicAccess: 'Blob'", "must say properties.publicAccess = None")]
    [InlineData("infra/modules/storage-account.bicep", "output id string = account.id", "output id string = account.listKeys().keys[0].value", "'listKeys' gives out keys")]
    [InlineData("infra/modules/storage-account.bicep", "@description('The account\\'s resource id.')\n", "", "'id' has no @description")]
    [InlineData("infra/modules/storage-account.bicep", "accessTier: 'Hot'", "accessTeir: 'Hot'", "has no member 'accessTeir'")]
    [InlineData("infra/modules/storage-account.bicep", "accessTier: 'Hot'", "accessTier: 'Tepid'", "may not be 'Tepid'")]
    [InlineData("infra/modules/storage-account.bicep", "  kind: 'StorageV2'\n", "", "lacks 'kind', which is required")]
    [InlineData("infra/modules/storage-account.bicep", "storageAccounts@2024-01-01' = {", "storageAccounts@2031-01-01' = {", "is not in resource-shapes.json")]
    [InlineData("infra/modules/storage-account.bicep", "name: containerName", "name: containerNme", "'containerNme' is not declared")]
    [InlineData("infra/modules/messaging.bicep", "disableLocalAuth: true", "disableLocalAuth: false", "must say properties.disableLocalAuth = true")]
    [InlineData("infra/modules/function-app.bicep", "httpsOnly: true", "httpsOnly: false", "must say properties.httpsOnly = true")]
    [InlineData("infra/modules/function-app.bicep", "name: 'FC1'", "name: 'EP1'", "must say sku.name = FC1")]
    [InlineData("infra/modules/function-app.bicep", "tags: union(tags, { 'azd-service-name': service })", "tags: { 'azd-service-name': service }", "'app' has no tags")]
    [InlineData("infra/modules/function-app.bicep", "APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString", "APPINSIGHTS_NAME: insightsConnectionString", "lacks 'APPINSIGHTS_NAME'")]
    [InlineData("infra/modules/network.bicep", "natGateways@2024-05-01' = if (natGateway) {", "natGateways@2024-05-01' = {", "'gateway' would stand")]
    [InlineData("infra/modules/vault.bicep", "// Key Vault Secrets User\n    principalId", "// Key Vault Administrator\n    principalId", "the comment beside it names another")]
    [InlineData("infra/modules/vault.bicep", "resource controlReads ", "resource controlSees ", "lacks 'Key Vault Secrets User' for `controlSees`")]
    [InlineData("infra/main.bicep", "    privateOnly: premiumBus\n", "", "the module 'messaging' is not given 'privateOnly'")]
    [InlineData("infra/main.bicep", "    natGateway: natGateway\n", "    natGateway: natGateway\n    bastion: true\n", "given 'bastion', which it does not take")]
    [InlineData("infra/main.bicep", "modules/vault.bicep", "modules/vaults.bicep", "which is not there")]
    [InlineData("infra/main.bicep", "messaging.outputs.host", "messaging.outputs.hostname", "the module 'messaging' has no output 'hostname'")]
    [InlineData("infra/main.bicep", "  SERVERLESS_CONTAINER: artifactContainer\n", "", "lacks 'SERVERLESS_CONTAINER', which the app reads")]
    [InlineData("infra/main.bicep", "  SERVERLESS_REGION: location\n", "  SERVERLESS_REGION: location\n  SERVERLESS_ZONE: location\n", "has 'SERVERLESS_ZONE', which the app does not read")]
    [InlineData("infra/main.bicep", "'Endpoint=${scheduler", "'SharedAccessKeyName=x;Endpoint=${scheduler", "looks like a connection string")]
    [InlineData("infra/main.bicep", "var taskHub = 'serverless'", "var taskHub = 'serverless'\nvar spare = 1", "'spare' is not used")]
    [InlineData("infra/main.bicep", "name: 'landings'", "name: 'landing'", "no queue 'landings' without order")]
    [InlineData("infra/main.bicep", "ordered: true", "ordered: false", "no queue 'job-events' with order")]
    [InlineData("infra/main.bicep", "'pool~${name}'", "'pool-${name}'", "no queues 'pool~NAME'")]
    [InlineData("infra/main.bicep", "toLower(replace(size, 'Standard_', ''))", "toLower(size)", "no queue 'pool~gpu-nc4as-t4-v3', which the host rings")]
    [InlineData("infra/main.bicep", "'_', '-')", "'_', '.')", "nobody rings the queue 'pool~gpu-nc24ads.a100.v4'")]
    [InlineData("infra/main.bicep", "length(pool.?sizes ?? []) > 1", "length(pool.?sizes ?? []) > 0", "nobody rings the queue 'pool~one-d4s-v5'")]
    [InlineData("infra/main.bicep", "length(pool.?sizes ?? []) > 1", "length(pool.?sizes ?? []) > 2", "no queue 'pool~gpu-spot-nc8as-t4-v3'")]
    [InlineData("infra/modules/messaging.bicep", "maxDeliveryCount: 10", "maxDeliveryCount: 20", "maxDeliveryCount must be 10")]
    [InlineData("infra/main.parameters.json", "\"nodeSshKey\"", "\"nodeSshKeys\"", "the parameter 'nodeSshKey' is missing")]
    [InlineData("docs/azure.md", "`controlRuns`", "`controlWalks`", "`controlWalks`, which no template assigns")]
    [InlineData("docs/azure.md", "`Microsoft.KeyVault/vaults`", "a vault", "lacks `Microsoft.KeyVault/vaults`")]
    public void Check_AWorseCopy_NamesWhatIsWrong(string path, string old, string now, string finding)
    {
        var worse = TemplateFolder.Read().With(path, old, now);
        Assert.Contains(All(worse), found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_AModuleThatNobodyCalls_IsNamed() =>
        Assert.Contains(All(TemplateFolder.Read().With("infra/main.bicep", "modules/budget.bicep", "modules/vault.bicep")), found => found == "infra/modules/budget.bicep: no template calls it.");

    private static List<string> All(TemplateFolder folder) =>
        [.. DeclarationRules.Check(folder), .. ShapeRules.Check(folder), .. SafetyRules.Check(folder), .. RightsRules.Check(folder), .. SettingRules.Check(folder), .. QueueRules.Check(folder), .. CostRules.Check(folder)];

    private static void Nothing(IEnumerable<string> findings)
    {
        var found = findings.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
