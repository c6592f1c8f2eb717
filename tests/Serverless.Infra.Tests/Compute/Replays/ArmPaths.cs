using Serverless.Infra.Tests.Compute.FakeArm;

namespace Serverless.Infra.Tests.Compute.Replays;

/// <summary>Paths of the fake's resources.</summary>
internal static class ArmPaths
{
    public const string Subscription = $"/subscriptions/{FakeArmServer.Subscription}";
    public const string Sets = $"{Subscription}/resourceGroups/{FakeArmServer.Group}/providers/Microsoft.Compute/virtualMachineScaleSets";

    public static string Set(string name) => $"{Sets}/{name}";

    public static string Machine(string set, string instance) => $"{Sets}/{set}/virtualMachines/{instance}";
}
