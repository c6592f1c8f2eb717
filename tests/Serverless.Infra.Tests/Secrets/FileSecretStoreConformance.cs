using Serverless.Conformance.Secrets;
using Serverless.Core.Secrets;
using Serverless.Infra.Local.Secrets;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Secrets;

public sealed class FileSecretStoreConformance : SecretStoreConformance, IDisposable
{
    private readonly TempFolder folder = new();

    protected override ISecretStore Store => new FileSecretStore(folder.Path);

    public void Dispose() => folder.Dispose();

    protected override Task GivenAsync(string name, string value) => File.WriteAllTextAsync(folder[name], value);
}
