using Serverless.TestKit;
using Serverless.Torch.Tests.Exporting;
using Serverless.Torch.Tests.Networks;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Recording;

/// <summary>The recordings of TorchSharp that the core tests read. <c>SERVERLESS_WRITE_GOLDEN=1</c> writes them anew.</summary>
public sealed class FixtureTests
{
    private static string Folder => Path.Combine(Needs.RepositoryRoot(), "tests", "Serverless.TrainingContainer.Tests", "Onnx", "Lowering", "Fixtures");

    public static TheoryData<string> Exported => [.. WholeModels.ByName.Keys.Where(name => name != "ResNet-18"), .. Hazards.Writes.Keys]; // ResNet-18 has 45 MB of weights

    public static TheoryData<string> Refused => [.. Hazards.Refused.Keys];

    [Theory]
    [MemberData(nameof(Exported))]
    public void Recording_ThatIsExported_IsKept(string name) => Keep("TorchSharp", name);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Recording_ThatIsRefused_IsKept(string name) => Keep("TorchSharpRefused", name);

    private static void Keep(string folder, string name)
    {
        TestBridge.Require();
        var path = Path.Combine(Folder, folder, name.Replace(' ', '-').Replace(",", "") + ".json.gz");
        if (Environment.GetEnvironmentVariable("SERVERLESS_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            random.manual_seed(1);
            var (module, example, options) = WholeModels.ByName.TryGetValue(name, out var make) ? make() : (new Forward(Hazards.Find(name)), randn(2, 6), new());
            new FixtureFile(module, [example], options).Write(path);
        }

        Assert.True(File.Exists(path), $"'{path}' is not there. Run this test with SERVERLESS_WRITE_GOLDEN=1.");
    }
}
