using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;
using Serverless.Infra.Compute.CloudInit;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Templates;
using Serverless.TestKit;
using YamlDotNet.RepresentationModel;

namespace Serverless.Infra.Tests.Compute.CloudInit;

/// <summary>The text with which a machine starts.</summary>
public sealed partial class NodeScriptTests
{
    private static readonly NodeScriptValues Values = new()
    {
        Host = "https://sl-control.azurewebsites.net",
        Audience = "api://serverless-ml",
        Client = "11111111-2222-3333-4444-555555555555",
        Registry = "slml.azurecr.io",
        Image = "slml.azurecr.io/serverless/training:latest",
        Agent = "slml.azurecr.io/serverless/agent:1",
    };

    public static TheoryData<bool> Both => new(false, true);

    [Theory]
    [MemberData(nameof(Both))]
    public void Text_IsAsItWasLookedAt(bool gpu)
    {
        var path = Path.Combine(Needs.RepositoryRoot(), "tests", "Serverless.Infra.Tests", "Compute", "CloudInit", "Golden", gpu ? "gpu.yaml" : "cpu.yaml");
        if (Environment.GetEnvironmentVariable("SERVERLESS_GOLDEN") == "write")
            File.WriteAllText(path, Text(gpu));

        Assert.Equal(File.ReadAllText(path), Text(gpu));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Text_IsYamlWhoseOrderIsFirewallInstallAgent(bool gpu)
    {
        var root = YamlFile.Parse(Text(gpu));

        Assert.StartsWith("#cloud-config\n", Text(gpu), StringComparison.Ordinal);
        var commands = root.Get("runcmd").Items().Select(each => string.Join(' ', each.Items().Select(word => word.Text()))).ToList();
        Assert.Equal(["systemctl daemon-reload", "systemctl enable --now serverless-firewall.service", "/usr/local/sbin/serverless-install", "systemctl enable --now serverless-agent.service"], commands);
        Assert.All(root.Get("write_files").Items(), file => Assert.Matches("^0(644|755)$", file.Get("permissions").Text()));
        Assert.DoesNotContain("{{", Text(gpu), StringComparison.Ordinal);
        Assert.Equal(gpu, Text(gpu).Contains("nvidia", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Text_FitsAndHasNoSecret(bool gpu)
    {
        var text = Text(gpu);

        Assert.InRange(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Length, 1_000, 65_536);
        Assert.DoesNotMatch(Secret(), text);
        Assert.DoesNotContain(text.Split('\n'), line => line.Any(letter => letter is not '\t' && char.IsControl(letter)));
    }

    [Fact]
    public void Firewall_DropsWhatContainersSendToTheMachinesServices()
    {
        var rules = Part(Text(gpu: false), "/etc/serverless/firewall.nft");

        Assert.Contains("type filter hook forward priority -10", rules, StringComparison.Ordinal);
        Assert.Contains("ip daddr 169.254.0.0/16 drop", rules, StringComparison.Ordinal);
        Assert.Contains("ip daddr 168.63.129.16 drop", rules, StringComparison.Ordinal);
        Assert.True(rules.IndexOf("dport 53 accept", StringComparison.Ordinal) < rules.IndexOf("168.63.129.16 drop", StringComparison.Ordinal));
    }

    [Fact]
    public void Unit_OfTheAgent_IsNotRootIsHardenedAndNeedsTheFirewall()
    {
        var unit = Part(Text(gpu: true), "/etc/systemd/system/serverless-agent.service").Split('\n');

        Assert.Superset(
            new HashSet<string>
            {
                "User=serverless-agent", "NoNewPrivileges=yes", "ProtectSystem=strict", "ReadWritePaths=/var/lib/serverless", "CapabilityBoundingSet=", "PrivateTmp=yes",
                "Requires=docker.service serverless-firewall.service", "Restart=on-failure",
            },
            unit.ToHashSet());
        var start = Assert.Single(unit, line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        Assert.Equal(
            "ExecStart=/opt/serverless/agent/Serverless.Agent --host https://sl-control.azurewebsites.net --pool gpu-1 --node metadata --identity api://serverless-ml --identity-client "
            + "11111111-2222-3333-4444-555555555555 --data /var/lib/serverless --container-runtime docker --container-network serverless --default-image slml.azurecr.io/serverless/training:latest --give-up-seconds 600",
            start);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Scripts_AreWhatTheirInterpretersRead(bool gpu)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["install"], Part(Text(gpu), "/usr/local/sbin/serverless-install"));
        File.WriteAllText(folder["helper.py"], Part(Text(gpu), "/usr/local/bin/docker-credential-serverless"));
        System.Text.Json.JsonDocument.Parse(Part(Text(gpu), "/etc/docker/daemon.json")).Dispose();
        System.Text.Json.JsonDocument.Parse(Part(Text(gpu), "/etc/serverless/docker/config.json")).Dispose();

        Assert.Equal((0, ""), Run("/bin/sh", "-n", folder["install"]));
        Needs.Have("python3", File.Exists("/usr/bin/python3"), "Install Debian's python3.");
        Assert.Equal((0, ""), Run("/usr/bin/python3", "-m", "py_compile", folder["helper.py"]));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Text_ByCloudInitsOwnSchema_IsValid(bool gpu)
    {
        Needs.Have("cloud-init", File.Exists("/usr/bin/cloud-init"), "Install Debian's cloud-init (its schema check starts nothing).");
        using var folder = new TempFolder();
        File.WriteAllText(folder["node.yaml"], Text(gpu));

        var (code, words) = Run("/usr/bin/cloud-init", "schema", "--config-file", folder["node.yaml"]);

        Assert.True(code == 0, words);
    }

    [Fact]
    public void Agent_ByAddress_IsTakenByItsHash()
    {
        var hash = new string('a', 64);
        var text = NodeScript.Write(Values with { Agent = $"https://x.blob.core.windows.net/agents/agent-1.tar.gz#sha256={hash}" }, new NodeSetup("cpu", false, false));

        Assert.Contains($"echo '{hash}' \"$new.tar.gz\" | sha256sum --check --status", text, StringComparison.Ordinal);
        Assert.Contains("--output \"$new.tar.gz\" 'https://x.blob.core.windows.net/agents/agent-1.tar.gz'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Agents_OfAnAppThatSendsByOtlp_SendToTheSameCollector_WithoutItsHeaders()
    {
        var text = NodeScript.From(key => key switch
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT" => "http://10.0.0.4:4318",
            "OTEL_EXPORTER_OTLP_PROTOCOL" => "http/protobuf",
            "OTEL_EXPORTER_OTLP_HEADERS" => "api-key=s3cr3t",
            _ => Good(key),
        })(new NodeSetup("cpu", false, false));
        var unit = Part(text, "/etc/systemd/system/serverless-agent.service");
        Assert.Contains("\nEnvironment=OTEL_EXPORTER_OTLP_ENDPOINT=http://10.0.0.4:4318 OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n", unit, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", text, StringComparison.Ordinal);
        Assert.DoesNotContain("OTEL_", Text(false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://user:secret@collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317/?key=secret")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector\nExecStartPre=/bin/sh")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData(AzureSettings.ApiUrl, "http://plain.example")]
    [InlineData(AzureSettings.ApiUrl, "https://x.example/?code=secret")]
    [InlineData(AzureSettings.ApiUrl, "https://x.example/'; reboot; '")]
    [InlineData(AzureSettings.Audience, "api://x\n  - reboot")]
    [InlineData(AzureSettings.Audience, "--data")]
    [InlineData(AzureSettings.NodeClient, "$(reboot)")]
    [InlineData(AzureSettings.Registry, "x\"y")]
    [InlineData(AzureSettings.TrainingImage, "--privileged")]
    [InlineData(AzureSettings.AgentPackage, "https://x.blob.core.windows.net/a.tar.gz?sig=secret#sha256=0")]
    [InlineData(AzureSettings.AgentPackage, "https://x.blob.core.windows.net/a.tar.gz")]
    [InlineData(AzureSettings.AgentPackage, "")]
    public void Values_ThatCouldMeanMore_AreRefusedByTheirSettingsName(string setting, string value)
    {
        var thrown = Assert.Throws<ServerlessException>(() => NodeScript.From(key => key == setting ? value : Good(key)));

        Assert.Equal(setting, Assert.Single(thrown.Errors).Path);
    }

    [Fact]
    public void Settings_ThatAreGood_WriteEachPoolsText() =>
        Assert.Contains("--pool gpu-1 ", NodeScript.From(Good)(new NodeSetup("gpu-1", true, true)), StringComparison.Ordinal);

    private static string Text(bool gpu) => NodeScript.Write(Values, new NodeSetup(gpu ? "gpu-1" : "cpu", gpu, false));

    private static string? Good(string key) => key switch
    {
        AzureSettings.ApiUrl => Values.Host,
        AzureSettings.Audience => Values.Audience,
        AzureSettings.NodeClient => Values.Client,
        AzureSettings.Registry => Values.Registry,
        AzureSettings.TrainingImage => Values.Image,
        AzureSettings.AgentPackage => Values.Agent,
        _ => null,
    };

    private static string Part(string text, string path) =>
        YamlFile.Parse(text).Get("write_files").Items().Single(file => file.Get("path").Text() == path).Get("content") is YamlScalarNode { Value: { } content } ? content : "";

    private static (int Code, string Words) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), $"'{program}' did not end within 60 s.");
        return (process.ExitCode, (output.Result + error.Result).Trim());
    }

    [GeneratedRegex("sig=|sharedaccess|accountkey|password *[:=]|passwd|BEGIN .*PRIVATE|eyJ[A-Za-z0-9]{8}|SERVERLESS_NODE_TOKEN|code=|[?&]key=|client_secret", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
