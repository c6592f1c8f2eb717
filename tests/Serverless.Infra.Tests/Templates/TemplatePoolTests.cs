using System.Text.Json.Nodes;
using Serverless.Core.Hosting;
using Serverless.Infra.Compute.Offers;
using Serverless.Infra.Compute.Settings;
using Serverless.Infra.Tests.Templates.Reading;

namespace Serverless.Infra.Tests.Templates;

/// <summary>What the templates give by default is what the host can read.</summary>
public sealed class TemplatePoolTests
{
    [Fact]
    public void Pools_OfTheTemplate_AreReadByTheHost()
    {
        var main = TemplateFolder.Read().Files[TemplateFolder.Main];
        var pools = main.Parameters.Single(parameter => parameter.Name == "pools").Default!;
        var image = main.Parameters.Single(parameter => parameter.Name == "nodeImage").Default!.Literal;
        var options = ScaleSetSettings.Read(key => key switch
        {
            AzureSettings.Pools => Json(pools)!.ToJsonString(),
            AzureSettings.NodeImage => image,
            AzureSettings.Region => "eastus",
            AzureSettings.Environment => "ml",
            _ => "/subscriptions/x",
        }, PriceFile.Embedded(), _ => "#cloud-config");

        Assert.Equal(["cpu", "cpu-spot", "gpu", "gpu-spot"], options.Templates.Select(template => template.Pool.Name));
        Assert.Equal([false, true, false, true], options.Templates.Select(template => template.Spot));
        Assert.All(options.Templates, template => Assert.InRange(template.Pool.Idle, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5)));
    }

    private static JsonNode? Json(BicepExpression value) => value switch
    {
        BicepArray array => new JsonArray([.. array.Items.Select(Json)]),
        BicepObject members => new JsonObject(members.Members.Select(member => KeyValuePair.Create(member.Name!, Json(member.Value)))),
        BicepConstant constant => JsonNode.Parse(constant.Value),
        _ => JsonValue.Create(value.Literal),
    };
}
