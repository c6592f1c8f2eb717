using Serverless.Conformance.Secrets;
using Serverless.Core.Secrets;
using Serverless.Infra.Local.Secrets;

namespace Serverless.Infra.Tests.Secrets;

public sealed class EnvironmentSecretStoreConformance : SecretStoreConformance
{
    protected override ISecretStore Store => new EnvironmentSecretStore();

    protected override Task GivenAsync(string name, string value)
    {
        Environment.SetEnvironmentVariable(EnvironmentSecretStore.Prefix + name.ToUpperInvariant().Replace('-', '_').Replace('.', '_'), value);
        return Task.CompletedTask;
    }
}
