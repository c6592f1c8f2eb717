using System.Diagnostics;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Templates;

/// <summary>The hooks of <c>azd up</c>, run with programs in place of <c>azd</c> and <c>az</c> that note how they are called.</summary>
public sealed class HookTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TempFolder temp = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Notes => temp["notes"];

    public HookTests()
    {
        Needs.Have("sh", File.Exists("/bin/sh"), "The hooks are for a POSIX shell.");
        Directory.CreateDirectory(temp["bin"]);
        Directory.CreateDirectory(temp["tmp"]);
        foreach (var program in new[] { "azd", "az" })
        {
            File.WriteAllText(temp[$"bin/{program}"], $"#!/bin/sh\necho \"{program} $*\" >> '{Notes}'\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temp[$"bin/{program}"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Preprovision_WithoutAKey_KeepsThePublicHalfAlone()
    {
        Needs.Have("ssh-keygen", File.Exists("/usr/bin/ssh-keygen"), "Install openssh-client.");
        await RunAsync("preprovision.sh");
        Assert.StartsWith("azd env set SERVERLESS_NODE_SSH_KEY ssh-rsa AAAA", Assert.Single(Noted()), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp["tmp"]));
    }

    [Fact]
    public async Task Preprovision_WithAKey_LeavesIt()
    {
        await RunAsync("preprovision.sh", ("SERVERLESS_NODE_SSH_KEY", "ssh-ed25519 AAAA mine"));
        Assert.Empty(Noted());
    }

    [Theory]
    [InlineData("false", new[] { "serverless/training", "serverless/agent" })]
    [InlineData("true", new[] { "serverless/training", "serverless/agent", "serverless/inference" })]
    public async Task Postprovision_Images_AreBuiltInTheRegistryFromFilesThatAreThere(string gpu, string[] images)
    {
        await RunAsync("postprovision.sh", ("SERVERLESS_REGISTRY_NAME", "crx"), ("SERVERLESS_GPU_INFERENCE", gpu));
        var noted = Noted();
        Assert.Equal(images.Length, noted.Length);
        Assert.All(noted.Zip(images), pair => Assert.StartsWith($"az acr build --only-show-errors --registry crx --image {pair.Second}:latest --image {pair.Second}:", pair.First, StringComparison.Ordinal));
        Assert.All(noted, line => Assert.True(File.Exists(Path.Combine(Needs.RepositoryRoot(), line.Split("--file ")[1].Split(' ')[0]))));
    }

    private string[] Noted() => File.Exists(Notes) ? File.ReadAllLines(Notes) : [];

    private async Task RunAsync(string hook, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(Needs.RepositoryRoot(), "infra", "hooks", hook)]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{temp["bin"]}:/usr/bin:/bin";
        start.Environment["TMPDIR"] = temp["tmp"];
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (errors, _) = (process.StandardError.ReadToEndAsync(Cancel), process.StandardOutput.ReadToEndAsync(Cancel));
        try
        {
            await process.WaitForExitAsync(Cancel).WaitAsync(Limit, Cancel);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'{hook}' did not end within {Limit.TotalSeconds} s.");
        }

        Assert.True(process.ExitCode == 0, $"'{hook}' ended with {process.ExitCode}: {await errors}");
    }
}
