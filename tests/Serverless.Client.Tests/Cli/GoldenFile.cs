using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli;

/// <summary>Text that is compared with a file in <c>Golden/</c>. With SERVERLESS_GOLDEN=write the file is written instead.</summary>
internal static class GoldenFile
{
    public static void Same(string name, string actual)
    {
        var path = Path.Combine(Needs.RepositoryRoot(), "tests", "Serverless.Client.Tests", "Golden", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("SERVERLESS_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no '{path}'. Run the tests once with SERVERLESS_GOLDEN=write and look at what was written.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
