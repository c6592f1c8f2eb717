using System.Reflection;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;

namespace Serverless.Infra.Tests.Templates;

public sealed class AzureSettingsTests
{
    [Fact]
    public void All_EveryName_IsListedOnce()
    {
        var constants = typeof(AzureSettings).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!).Where(name => name != AzureSettings.ServiceBus);
        Assert.Equal(constants.Order(StringComparer.Ordinal), AzureSettings.All.Select(setting => setting.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Require_NothingSet_NamesAllThatMustBeThereAtOnce()
    {
        var thrown = Assert.Throws<ServerlessException>(() => AzureSettings.Require(AzureApp.Inference, _ => null));
        var wanted = AzureSettings.All.Where(setting => setting.Apps.HasFlag(AzureApp.Inference) && setting.Otherwise is null).Select(setting => setting.Name);
        Assert.Equal(wanted, thrown.Errors.Select(error => error.Path));
        Assert.DoesNotContain(thrown.Errors, error => error.Path == AzureSettings.Gpu);
    }

    [Fact]
    public void Require_AllSet_ReadsTheNamesThatConfigurationKnows()
    {
        var read = new List<string>();
        AzureSettings.Require(AzureApp.Control, key =>
        {
            read.Add(key);
            return "x";
        });
        Assert.Contains("SERVERLESS_SERVICE_BUS:fullyQualifiedNamespace", read);
    }
}
