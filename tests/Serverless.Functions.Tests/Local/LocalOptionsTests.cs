using Serverless.Local.Options;

namespace Serverless.Functions.Tests.Local;

public sealed class LocalOptionsTests
{
    [Fact]
    public void Read_Nothing_GivesTheDefaults()
    {
        var (options, errors) = LocalOptionsReader.Read([], name => name == "SERVERLESS_HOME" ? "/data" : null);
        Assert.Empty(errors);
        Assert.Equal(("/data", "http://127.0.0.1:5080/", 2, 0.10m, "USD"), (options!.DataFolder, options.Url.ToString(), options.MaxNodes, options.PricePerHour, options.Currency));
    }

    [Theory]
    [InlineData("--nothing")]
    [InlineData("--data")]
    [InlineData("--data=")]
    [InlineData("--max-nodes", "0")]
    [InlineData("--max-nodes", "1.5")]
    [InlineData("--max-nodes", "1", "--max-nodes", "2")]
    [InlineData("--urls", "http://0.0.0.0:5080")]
    [InlineData("--urls", "http://10.0.0.1:5080")]
    [InlineData("--urls", "https://127.0.0.1:5080")]
    [InlineData("--urls", "http://127.0.0.1:5080;http://127.0.0.1:5081")]
    [InlineData("--urls", "http://example.com:80", "--allow-remote")]
    [InlineData("--price-per-hour", "-1")]
    [InlineData("--currency", "usd")]
    [InlineData("--agent", "/nowhere/agent")]
    [InlineData("--host-names", "a b")]
    [InlineData("--allow-remote=yes")]
    public void Read_WrongOption_SaysWhich(params string[] arguments)
    {
        var (options, errors) = LocalOptionsReader.Read(arguments, _ => null);
        Assert.Null(options);
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Contains('\'', error));
    }

    [Fact]
    public void Read_SeveralWrongOptions_SaysAllOfThem()
    {
        var (_, errors) = LocalOptionsReader.Read(["--x", "--max-nodes", "many", "--currency", "?"], _ => null);
        Assert.Equal(3, errors.Count);
    }

    [Fact]
    public void Read_AzurePoolsWithoutVariables_SaysEveryOneThatIsMissing()
    {
        var (options, errors) = LocalOptionsReader.Read(["--azure-pools"], _ => null);
        Assert.Null(options);
        Assert.All(["SERVERLESS_POOLS", "SERVERLESS_API_URL", "SERVERLESS_NODE_PRINCIPAL", "SERVERLESS_TENANT", "SERVERLESS_SUBSCRIPTION", "SERVERLESS_NODE_IMAGE"],
            name => Assert.Contains(errors, error => error.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("http://ml.example")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("https://localhost")]
    public void Read_AzurePoolsAtAnAddressThatMachinesDoNotReach_IsRefused(string url)
    {
        var (_, errors) = LocalOptionsReader.Read(["--azure-pools"], name => Azure(url).GetValueOrDefault(name));
        Assert.Contains(errors, error => error.Contains("cannot reach this host", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_AzurePools_AreBesideTheLocalOne()
    {
        var (options, errors) = LocalOptionsReader.Read(["--azure-pools", "--host-names", "ml.example"], name => Azure("https://ml.example").GetValueOrDefault(name));
        Assert.Empty(errors);
        var template = Assert.Single(options!.Azure!.Templates);
        Assert.Equal(("gpu", 90.0), (template.Pool.Name, template.Pool.Idle.TotalSeconds));
        Assert.Contains("https://ml.example", template.CloudInit, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Azure(string url) => new()
    {
        ["SERVERLESS_POOLS"] = """[{"name":"gpu","size":"Standard_NC4as_T4_v3","idleSeconds":90}]""",
        ["SERVERLESS_API_URL"] = url,
        ["SERVERLESS_TENANT"] = "00000000-0000-0000-0000-000000000003",
        ["SERVERLESS_AUDIENCE"] = "api://serverless",
        ["SERVERLESS_NODE_PRINCIPAL"] = "00000000-0000-0000-0000-000000000004",
        ["SERVERLESS_NODE_CLIENT"] = "00000000-0000-0000-0000-000000000005",
        ["SERVERLESS_SUBSCRIPTION"] = "00000000-0000-0000-0000-000000000001",
        ["SERVERLESS_RESOURCE_GROUP"] = "rg",
        ["SERVERLESS_ENVIRONMENT"] = "env",
        ["SERVERLESS_REGION"] = "eastus",
        ["SERVERLESS_NODE_IMAGE"] = "microsoft-dsvm:ubuntu-hpc:2204:latest",
        ["SERVERLESS_NODE_SUBNET"] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/n/subnets/nodes",
        ["SERVERLESS_NODE_IDENTITY"] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/node",
        ["SERVERLESS_NODE_SSH_KEY"] = "ssh-ed25519 AAAA test",
        ["SERVERLESS_REGISTRY"] = "x.azurecr.io",
        ["SERVERLESS_TRAINING_IMAGE"] = "x.azurecr.io/serverless/training:latest",
        ["SERVERLESS_AGENT_PACKAGE"] = "x.azurecr.io/serverless/agent:latest",
    };

    [Fact]
    public void Read_AddressOfAllMachines_NeedsToBeAllowed() =>
        Assert.NotNull(LocalOptionsReader.Read(["--urls", "http://0.0.0.0:0", "--allow-remote", "--host-names", "ml.example, box"], _ => null).Options);
}
