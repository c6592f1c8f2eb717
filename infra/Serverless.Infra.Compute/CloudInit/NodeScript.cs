using System.Text.RegularExpressions;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Hosting;
using Serverless.Core.Jobs.Validation;
using Serverless.Core.Names;
using Serverless.Infra.Compute.ScaleSets;

namespace Serverless.Infra.Compute.CloudInit;

/// <summary>
/// Writes the text with which a machine of a scale set starts, from the template <c>infra/cloud-init/node.yaml</c>. Pure. Values stand in YAML, shell, Python and unit files; so none is escaped: what
/// could mean something to one of them is refused.
/// </summary>
public static partial class NodeScript
{
    private const string Condition = "#if ";
    private const string End = "#end";
    private const string Sha256 = "#sha256=";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string OtlpProtocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>Makes the writer from an app's settings.</summary>
    /// <param name="read">Reads a setting by <see cref="AzureSetting.Key"/>.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> with every value that is missing or cannot stand there.</exception>
    public static Func<NodeSetup, string> From(Func<string, string?> read)
    {
        string Value(string name) => read(AzureSettings.All.First(setting => setting.Name == name).Key)?.Trim() ?? "";
        var values = new NodeScriptValues
        {
            Host = Value(AzureSettings.ApiUrl),
            Audience = Value(AzureSettings.Audience),
            Client = Value(AzureSettings.NodeClient),
            Registry = Value(AzureSettings.Registry),
            Image = Value(AzureSettings.TrainingImage),
            Agent = Value(AzureSettings.AgentPackage),
            Telemetry = read(OtlpEndpoint)?.Trim() ?? "",
            TelemetryProtocol = read(OtlpProtocol)?.Trim() is { Length: > 0 } protocol ? protocol : "grpc",
        };
        var errors = Check(values);
        return errors.Count == 0 ? setup => Write(values, setup) : throw Fail.Invalid(errors);
    }

    /// <summary>All that is wrong with the values; the paths are the settings' names.</summary>
    public static IReadOnlyList<FieldError> Check(NodeScriptValues values)
    {
        List<FieldError> errors = [];
        void Require(string name, string value, Regex form, string cure)
        {
            if (!form.IsMatch(value))
                errors.Add(new FieldError(name, $"{Shown.Quote(value, 200)} cannot stand in a machine's start text.", cure));
        }

        Require(AzureSettings.ApiUrl, values.Host, Address(), "Give an https address without query, such as 'https://x.azurewebsites.net'.");
        Require(AzureSettings.Audience, values.Audience, AudienceForm(), "Give the audience's address or id, such as 'api://serverless'.");
        Require(AzureSettings.NodeClient, values.Client, Id(), "Give the client id of the nodes' identity: 32 hexadecimal digits with dashes.");
        Require(AzureSettings.Registry, values.Registry, HostName(), "Give the registry's host name, such as 'x.azurecr.io'.");
        errors.AddRange(ImageRules.Check(values.Image, AzureSettings.TrainingImage));
        if (!values.Agent.StartsWith("https://", StringComparison.Ordinal))
            errors.AddRange(ImageRules.Check(values.Agent, AzureSettings.AgentPackage));
        else
            Require(AzureSettings.AgentPackage, values.Agent, Package(), "Give 'https://…tar.gz#sha256=' and 64 hexadecimal digits, without a query: a signature is a secret, and whoever may read the scale set may read this text.");
        if (values.Telemetry.Length > 0)
            Require(OtlpEndpoint, values.Telemetry, Collector(), "Give an http or https address without a user and a query, such as 'http://10.0.0.4:4317'.");
        Require(OtlpProtocol, values.TelemetryProtocol, Protocol(), "Give 'grpc' or 'http/protobuf'.");
        return errors;
    }

    /// <summary>The text for a machine.</summary>
    /// <param name="values">Checked values.</param>
    /// <param name="setup">The machine.</param>
    /// <exception cref="ServerlessException"><c>invalid_input</c> when the pool's name is none.</exception>
    public static string Write(NodeScriptValues values, NodeSetup setup)
    {
        var errors = NameRules.Check(setup.Pool, "pool", "pool");
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
        var mark = values.Agent.IndexOf(Sha256, StringComparison.Ordinal);
        var words = new Dictionary<string, string>
        {
            ["host"] = values.Host,
            ["pool"] = setup.Pool,
            ["audience"] = values.Audience,
            ["client"] = values.Client,
            ["registry"] = values.Registry,
            ["image"] = values.Image,
            ["agent"] = mark < 0 ? values.Agent : values.Agent[..mark],
            ["sha256"] = mark < 0 ? "" : values.Agent[(mark + Sha256.Length)..],
            ["telemetry"] = values.Telemetry,
            ["protocol"] = values.TelemetryProtocol,
        };
        return Word().Replace(string.Join('\n', Lines(setup.HasGpu, values.Telemetry.Length > 0)), match => words[match.Groups[1].Value]);
    }

    private static IEnumerable<string> Lines(bool gpu, bool telemetry)
    {
        using var stream = typeof(NodeScript).Assembly.GetManifestResourceStream("node.yaml")!;
        using var reader = new StreamReader(stream);
        var taken = true;
        foreach (var line in reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith(Condition, StringComparison.Ordinal))
                taken = line[Condition.Length..] switch { "gpu" => gpu, "telemetry" => telemetry, var other => throw new InvalidOperationException($"The template asks for '{other}'.") };
            else if (line == End)
                taken = true;
            else if (taken)
                yield return line;
        }
    }

    [GeneratedRegex(@"\{\{([a-z0-9]+)\}\}")]
    private static partial Regex Word();

    [GeneratedRegex(@"\Ahttps://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?\z")]
    private static partial Regex Address();

    [GeneratedRegex(@"\Ahttps://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?/[A-Za-z0-9._~/-]+#sha256=[0-9a-f]{64}\z")]
    private static partial Regex Package();

    [GeneratedRegex(@"\A(?:(?:api|https)://)?[A-Za-z0-9][A-Za-z0-9._/-]{0,255}\z")]
    private static partial Regex AudienceForm();

    [GeneratedRegex(@"\Ahttps?://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?\z")]
    private static partial Regex Collector();

    [GeneratedRegex(@"\A(?:grpc|http/protobuf)\z")]
    private static partial Regex Protocol();

    [GeneratedRegex(@"\A[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\z")]
    private static partial Regex HostName();
}
