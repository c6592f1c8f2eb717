using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Core.Budgets;
using Serverless.Core.Compute;
using Serverless.Core.Datasets;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Triggers;

namespace Serverless.Orchestrations.Tests.Wire;

public sealed class DefaultTests
{
    [Fact]
    public void JobSpec_MembersLeftOut_HaveTheirDocumentedDefaults()
    {
        const string json = """{"program":{"algorithm":"a"},"limits":{"graceSeconds":5},"model":{"name":"m"}}""";

        var spec = JsonSerializer.Deserialize(json, ContractsJson.Default.JobSpec)!;

        Assert.Equal(new ResourceSpec(), spec.Resources);
        Assert.Equal(new LimitSpec { GraceSeconds = 5 }, spec.Limits);
        Assert.Equal("model.onnx", spec.Model!.File);
        Assert.Empty(spec.Arguments);
        Assert.Empty(spec.Environment);
        Assert.Empty(spec.Program.Code);
    }

    /// <summary>The generated reader gives an init member that is left out its type's default, not ours. So none with an initializer may be init.</summary>
    [Theory]
    [InlineData(typeof(ContractsJson))]
    [InlineData(typeof(JobJson))]
    [InlineData(typeof(NodeJson))]
    [InlineData(typeof(EndpointJson))]
    [InlineData(typeof(ModelJson))]
    [InlineData(typeof(DatasetJson))]
    [InlineData(typeof(TriggerJson))]
    [InlineData(typeof(BudgetJson))]
    public void Records_OfTheWire_HaveNoInitMemberWithADefault(Type context)
    {
        var types = context.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .SelectMany(attribute => Reach((Type)attribute.ConstructorArguments[0].Value!, []))
            .ToHashSet();

        var wrong = types.SelectMany(type => type.GetProperties().Where(property => IsInit(property) && HasDefault(type, property)).Select(property => $"{type.Name}.{property.Name}"));

        Assert.True(types.Count > 0);
        Assert.Empty(wrong);
    }

    private static HashSet<Type> Reach(Type type, HashSet<Type> seen)
    {
        foreach (var argument in type.GetGenericArguments())
            Reach(argument, seen);
        if (type.Namespace?.StartsWith("Serverless", StringComparison.Ordinal) != true || type.IsEnum || !seen.Add(type))
            return seen;
        foreach (var property in type.GetProperties())
            Reach(property.PropertyType, seen);
        return seen;
    }

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)) == true
        && property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is null;

    private static bool HasDefault(Type type, PropertyInfo property)
    {
        if (type.IsGenericTypeDefinition || type.GetConstructor(Type.EmptyTypes) is not { } make)
            return false;
        var value = property.GetValue(make.Invoke(null));
        return value is not null && !(property.PropertyType.IsValueType && value.Equals(Activator.CreateInstance(property.PropertyType)));
    }
}
