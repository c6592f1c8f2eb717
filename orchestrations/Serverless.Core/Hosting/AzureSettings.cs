using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Core.Hosting;

/// <summary>
/// The names of all settings that the apps of the Azure edition read. The templates in <c>infra/</c> set exactly these (a test compares them), so a setting is
/// added here first. None of them is a secret: whatever proves something comes from a managed identity or from Key Vault.
/// </summary>
public static class AzureSettings
{
    /// <summary>The client id of the app's user-assigned identity. The name is the one that Azure.Identity knows.</summary>
    public const string ClientId = "AZURE_CLIENT_ID";

    /// <summary>The environment's name; also the owner of its scale sets.</summary>
    public const string Environment = "SERVERLESS_ENVIRONMENT";

    /// <summary>The address of the blob service, such as <c>https://x.blob.core.windows.net/</c>.</summary>
    public const string BlobEndpoint = "SERVERLESS_BLOB_ENDPOINT";

    /// <summary>The container of all artifacts.</summary>
    public const string Container = "SERVERLESS_CONTAINER";

    /// <summary>The container in which files are dropped that triggers look at.</summary>
    public const string DropContainer = "SERVERLESS_DROP_CONTAINER";

    /// <summary>The address of the table service.</summary>
    public const string TableEndpoint = "SERVERLESS_TABLE_ENDPOINT";

    /// <summary>The connection of the Service Bus triggers: the prefix of the settings that say where and as whom.</summary>
    public const string ServiceBus = "SERVERLESS_SERVICE_BUS";

    /// <summary>The namespace's host name, such as <c>x.servicebus.windows.net</c>.</summary>
    public const string ServiceBusNamespace = ServiceBus + "__fullyQualifiedNamespace";

    /// <summary>The address of the vault.</summary>
    public const string KeyVault = "SERVERLESS_KEY_VAULT";

    /// <summary>The subscription.</summary>
    public const string Subscription = "SERVERLESS_SUBSCRIPTION";

    /// <summary>The resource group of the environment.</summary>
    public const string ResourceGroup = "SERVERLESS_RESOURCE_GROUP";

    /// <summary>Azure's name of the region.</summary>
    public const string Region = "SERVERLESS_REGION";

    /// <summary>The address at which agents and people reach the control app.</summary>
    public const string ApiUrl = "SERVERLESS_API_URL";

    /// <summary>The address of the inference app.</summary>
    public const string InferenceUrl = "SERVERLESS_INFERENCE_URL";

    /// <summary>The id of the subnet in which nodes live.</summary>
    public const string NodeSubnet = "SERVERLESS_NODE_SUBNET";

    /// <summary>The resource id of the nodes' identity.</summary>
    public const string NodeIdentity = "SERVERLESS_NODE_IDENTITY";

    /// <summary>The object id of the nodes' identity: whose tokens an agent may come with.</summary>
    public const string NodePrincipal = "SERVERLESS_NODE_PRINCIPAL";

    /// <summary>The client id of the nodes' identity: what an agent asks its tokens as.</summary>
    public const string NodeClient = "SERVERLESS_NODE_CLIENT";

    /// <summary>The image of the nodes.</summary>
    public const string NodeImage = "SERVERLESS_NODE_IMAGE";

    /// <summary>The public SSH key of the nodes' administrator.</summary>
    public const string NodeSshKey = "SERVERLESS_NODE_SSH_KEY";

    /// <summary>The pools, as JSON.</summary>
    public const string Pools = "SERVERLESS_POOLS";

    /// <summary>The registry's host name, such as <c>x.azurecr.io</c>.</summary>
    public const string Registry = "SERVERLESS_REGISTRY";

    /// <summary>The image of the training container.</summary>
    public const string TrainingImage = "SERVERLESS_TRAINING_IMAGE";

    /// <summary>The agent's package: an image of the registry with the agent in <c>/agent</c>, or <c>https://…tar.gz#sha256=…</c>.</summary>
    public const string AgentPackage = "SERVERLESS_AGENT_PACKAGE";

    /// <summary>What may be spent in a month.</summary>
    public const string MonthlyBudget = "SERVERLESS_MONTHLY_BUDGET";

    /// <summary>The organisation's tenant, for sign-in.</summary>
    public const string Tenant = "SERVERLESS_TENANT";

    /// <summary>The audience of the tokens that the API takes.</summary>
    public const string Audience = "SERVERLESS_AUDIENCE";

    /// <summary>Where the tokens come from, in other clouds than the public one.</summary>
    public const string Authority = "SERVERLESS_AUTHORITY";

    /// <summary>Whether App Service's own sign-in stands before the app and its header is believed.</summary>
    public const string EasyAuth = "SERVERLESS_EASY_AUTH";

    /// <summary>Whether the inference app runs models on a GPU.</summary>
    public const string Gpu = "SERVERLESS_GPU";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<AzureSetting> All { get; } =
    [
        new(ClientId, AzureApp.Both, "client id of the app's user-assigned identity"),
        new(Environment, AzureApp.Both, "the environment's name; also the owner of its scale sets"),
        new(BlobEndpoint, AzureApp.Both, "address of the blob service"),
        new(Container, AzureApp.Both, "container of all artifacts"),
        new(DropContainer, AzureApp.Control, "container in which files are dropped that triggers look at"),
        new(TableEndpoint, AzureApp.Both, "address of the table service"),
        new(ServiceBusNamespace, AzureApp.Control, "host name of the Service Bus namespace"),
        new(KeyVault, AzureApp.Control, "address of the vault"),
        new(Subscription, AzureApp.Control, "the subscription"),
        new(ResourceGroup, AzureApp.Control, "resource group of the environment"),
        new(Region, AzureApp.Control, "Azure's name of the region"),
        new(ApiUrl, AzureApp.Both, "address at which agents and people reach the control app"),
        new(InferenceUrl, AzureApp.Control, "address of the inference app"),
        new(NodeSubnet, AzureApp.Control, "id of the subnet in which nodes live"),
        new(NodeIdentity, AzureApp.Control, "resource id of the nodes' identity"),
        new(NodePrincipal, AzureApp.Control, "object id of the nodes' identity: whose tokens agents come with"),
        new(NodeClient, AzureApp.Control, "client id of the nodes' identity: as whom agents ask for tokens"),
        new(NodeImage, AzureApp.Control, "image of the nodes: a resource id, or publisher:offer:sku:version"),
        new(NodeSshKey, AzureApp.Control, "public SSH key of the nodes' administrator"),
        new(Pools, AzureApp.Control, "the pools, as JSON"),
        new(Registry, AzureApp.Control, "host name of the container registry"),
        new(TrainingImage, AzureApp.Control, "image of the training container"),
        new(AgentPackage, AzureApp.Control, "the agent's package: an image of the registry with the agent in /agent, or https://…tar.gz#sha256=…"),
        new(MonthlyBudget, AzureApp.Control, "what jobs may cost in a calendar month, in US dollars", "no limit"),
        new(Tenant, AzureApp.Both, "tenant id of the organisation", "no sign-in; keys alone"),
        new(Audience, AzureApp.Both, "audience of the tokens that the API takes", "no sign-in; keys alone"),
        new(Authority, AzureApp.Both, "address of the sign-in, in other clouds than the public one", "https://login.microsoftonline.com/"),
        new(EasyAuth, AzureApp.Both, "'true': App Service's own sign-in stands before the app, and its header is believed while the platform says that it is on", "not believed"),
        new(Gpu, AzureApp.Inference, "'true': the CUDA provider, falling back to the processor with a warning", "the processor"),
    ];

    /// <summary>What an app was not given.</summary>
    /// <param name="app">The app; one of them.</param>
    /// <param name="read">Reads a setting by <see cref="AzureSetting.Key"/>.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with every setting that is missing, at once.</exception>
    public static void Require(AzureApp app, Func<string, string?> read)
    {
        List<FieldError> missing =
        [
            .. All.Where(setting => setting.Apps.HasFlag(app) && setting.Otherwise is null && string.IsNullOrWhiteSpace(read(setting.Key)))
                .Select(setting => new FieldError(setting.Name, $"The app setting '{setting.Name}' is missing: {setting.What}.", "Deploy with infra/main.bicep, which sets it, or set it on the app."))
        ];
        if (missing.Count > 0)
            throw Fail.Invalid(missing);
    }
}
