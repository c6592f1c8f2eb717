namespace Serverless.Torch.Tests.Kinds;

internal static class KindTable
{
    public static void Keep(ModuleKind kind, double worst) => _ = (kind, worst);
}
