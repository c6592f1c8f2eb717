using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Serverless.Infra.Compute.Arm;

namespace Serverless.Infra.Tests.Compute.FakeArm;

/// <summary>
/// Azure Resource Manager for scale sets on loopback, over TLS with a certificate of its own. Driven by a clock: machines come, go and fail when it says so. It refuses what the
/// public specification would refuse (see <see cref="ArmRules"/>), and what a test tells it to.
/// </summary>
internal sealed partial class FakeArmServer : IAsyncDisposable
{
    public const string Subscription = "00000000-0000-0000-0000-000000000001";
    public const string Group = "rg";
    public const string Family = "standardNCASv3_T4Family";
    private const string Sets = $"/subscriptions/{Subscription}/resourceGroups/{Group}/providers/Microsoft.Compute/virtualMachineScaleSets";
    private const string Skus = $"/subscriptions/{Subscription}/providers/Microsoft.Compute/skus";
    private const string Usages = $"/subscriptions/{Subscription}/providers/Microsoft.Compute/locations/eastus/usages";
    private const string Operations = $"/subscriptions/{Subscription}/providers/Microsoft.Compute/locations/eastus/operations/";

    /// <summary>One for all fakes of a run: a key takes a while to make.</summary>
    private static readonly Lazy<X509Certificate2> Certificates = new(Certificate);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly WebApplication app;
    private readonly X509Certificate2 certificate = Certificates.Value;
    private readonly Dictionary<string, FakeSet> sets = [];
    private readonly List<ArmFault> faults = [];
    private readonly List<ArmAnswer> script = [];
    private readonly Dictionary<string, JsonNode?> sent = [];
    private readonly List<string> requests = [];
    private readonly List<string> wrongAnswers = [];
    private readonly SortedSet<string> used = new(StringComparer.Ordinal);

    private FakeArmServer(TimeProvider clock)
    {
        this.clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>How long a machine takes to come, and to go.</summary>
    public TimeSpan Boot { get; set; } = TimeSpan.Zero;

    /// <summary>Most machines that the region has.</summary>
    public int RegionHas { get; set; } = int.MaxValue;

    /// <summary>The quota in vCPUs, each machine having four.</summary>
    public int Quota { get; set; } = int.MaxValue;

    /// <summary>The quota of spot machines in vCPUs.</summary>
    public int SpotQuota { get; set; } = 10_000;

    /// <summary>Whether the region has the size at all.</summary>
    public bool OffersSize { get; set; } = true;

    /// <summary>Why the subscription may not have the size; null: it may.</summary>
    public string? Restriction { get; set; }

    /// <summary>What the restriction closes: <c>Location</c> or <c>Zone</c>.</summary>
    public string RestrictionType { get; set; } = "Location";

    /// <summary>Whether the deletion of a machine fails after it was accepted.</summary>
    public bool DeletesFail { get; set; }

    /// <summary>What was asked, as <c>METHOD last-segment</c>.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    /// <summary>The operations of the specification that were asked for.</summary>
    public IReadOnlyList<string> Used
    {
        get
        {
            lock (gate)
                return [.. used];
        }
    }

    /// <summary>The sets there are.</summary>
    public IReadOnlyList<string> SetNames
    {
        get
        {
            lock (gate)
                return [.. Live().Select(set => set.Name)];
        }
    }

    public static async Task<FakeArmServer> StartAsync(TimeProvider clock, CancellationToken cancel)
    {
        var server = new FakeArmServer(clock);
        await server.app.StartAsync(cancel);
        return server;
    }

    /// <summary>The product's client, which trusts this server's certificate and no other.</summary>
    public ArmClient Client() => ArmClients.Create(Credential, Subscription, Connect);

    /// <summary>Who may speak to this server.</summary>
    public TokenCredential Credential { get; } = new FakeCredential();

    /// <summary>Makes a client of the product's one that speaks to this server.</summary>
    public void Connect(ArmClientOptions options)
    {
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint };
        options.Environment = new ArmEnvironment(new Uri(app.Urls.First()), "https://management.azure.com");
        options.Transport = new HttpClientTransport(handler);
    }

    public void Fail(params ArmFault[] next)
    {
        lock (gate)
            faults.AddRange(next);
    }

    /// <summary>Gives these answers, in this order, whatever there is; the last of a method and place is given again.</summary>
    public void Script(params ArmAnswer[] answers)
    {
        lock (gate)
            script.AddRange(answers);
    }

    /// <summary>The body of the last request of a method.</summary>
    public JsonNode? Sent(string method)
    {
        lock (gate)
            return sent.GetValueOrDefault(method);
    }

    /// <summary>The body that a set was created with.</summary>
    public JsonObject Body(string set)
    {
        lock (gate)
            return sets[set].Body;
    }

    /// <summary>Puts a set there without asking anybody.</summary>
    public void Plant(string name, params (string Key, string Value)[] tags)
    {
        lock (gate)
            sets[name] = new FakeSet(name, new JsonObject { ["location"] = "eastus", ["tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))), ["sku"] = new JsonObject() });
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(wrongAnswers);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var request = http.Request;
        var body = request.ContentLength > 0 ? await JsonNode.ParseAsync(request.Body, cancellationToken: http.RequestAborted) : null;
        (int Status, string? Body) answer;
        lock (gate)
        {
            sent[request.Method] = body;
            answer = Scripted(http, body) ?? Text(Hold(request.Method, request.Path.Value!, Answer(http, request.Method, request.Path.Value!, body)));
        }

        http.Response.StatusCode = answer.Status;
        if (answer.Body is null)
            return;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <summary>The answer that a test wrote, if it did and the request is one that may be made.</summary>
    private (int Status, string? Body)? Scripted(HttpContext http, JsonNode? body)
    {
        var (method, path) = (http.Request.Method, http.Request.Path.Value!);
        var next = script.Where(answer => answer.Method == method && path.EndsWith(answer.At, StringComparison.Ordinal)).Take(2).ToList();
        if (next.Count == 0 || (body is not null && ArmRules.Check(method, body) is not null))
            return null;
        if (next.Count > 1)
            script.Remove(next[0]);
        requests.Add($"{method} {path[(path.LastIndexOf('/') + 1)..]}");
        foreach (var (name, value) in next[0].Headers)
            http.Response.Headers[name] = value.Replace(ArmAnswer.Host, app.Urls.First(), StringComparison.Ordinal);
        return (next[0].Status, next[0].Body?.Replace(ArmAnswer.Host, app.Urls.First(), StringComparison.Ordinal));
    }

    private static (int Status, string? Body) Text((int Status, JsonNode? Body) answer) => (answer.Status, answer.Body?.ToJsonString());

    /// <summary>The fake keeps to the specification itself: a good answer has a status and a body that it allows.</summary>
    private (int Status, JsonNode? Body) Hold(string method, string path, (int Status, JsonNode? Body) answer)
    {
        var (status, body) = answer;
        if (ArmOperations.Find(method, path) is not { } operation || status >= 400)
            return (status, body);
        used.Add(operation.Id);
        var wrong = ArmRules.CheckAnswer(operation.Id, body is null ? null : JsonNode.Parse(body.ToJsonString()));
        if (operation.Good.Contains(status) && wrong is null)
            return (status, body);
        wrongAnswers.Add($"{operation.Id} with {status} and {wrong}: {body?.ToJsonString()}");
        return (status, body);
    }

    private (int Status, JsonNode? Body) Answer(HttpContext http, string method, string path, JsonNode? body)
    {
        requests.Add($"{method} {path[(path.LastIndexOf('/') + 1)..]}");
        if (http.Request.Headers.Authorization != "Bearer token-of-the-test")
            return Error(401, "AuthenticationFailed", "No token.");
        if (path.StartsWith(Operations, StringComparison.OrdinalIgnoreCase))
            return Operation(path[Operations.Length..]);
        if (ArmOperations.Find(method, path) is not { } operation)
            return Error(404, "NotFound", $"No operation: {method} {path}");
        if (http.Request.Query["api-version"] != operation.Version)
            return Error(400, "InvalidApiVersionParameter", "Another API version.");
        if (faults.FirstOrDefault(fault => fault.Method == method && (fault.At is null ? path != Skus && path != Usages : path.EndsWith(fault.At, StringComparison.Ordinal))) is { } fault)
        {
            faults.Remove(fault);
            if (fault.RetryAfter is not null)
                http.Response.Headers.RetryAfter = fault.RetryAfter;
            return Error(fault.Status, fault.Code, fault.Message);
        }

        if (body is not null && ArmRules.Check(method, body) is { } wrong)
            return Error(400, "InvalidRequestContent", wrong);
        if (path == Skus)
            return (200, Sizes(http.Request.Query["$filter"].ToString()));
        if (path == Usages)
            return (200, QuotaUses());
        if (!path.StartsWith(Sets, StringComparison.OrdinalIgnoreCase))
            return Error(404, "NotFound", path);
        var parts = path[Sets.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var set = parts.Length > 0 ? Live().FirstOrDefault(set => set.Name == parts[0]) : null;
        return (method, parts.Length) switch
        {
            ("GET", 0) => (200, new JsonObject { ["value"] = new JsonArray([.. Live().Select(Show)]) }),
            ("PUT", 1) => Create(http, parts[0], set, body!.AsObject()),
            (_, > 0) when set is null => Error(404, "ResourceNotFound", $"The set {parts[0]} was not found."),
            ("GET", 1) => (200, Show(set!)),
            ("PATCH", 1) => Scale(http, set!, (long)body!["sku"]!["capacity"]!, 200),
            ("DELETE", 1) => Remove(http, set!),
            ("GET", 2) => (200, new JsonObject { ["value"] = new JsonArray([.. set!.Machines.Select(machine => Show(set, machine))]) }),
            ("POST", 2) => RemoveMachines(http, set!, body!["instanceIds"]!.AsArray().Select(id => (string)id!)),
            _ => Error(405, "MethodNotAllowed", method),
        };
    }

    private (int Status, JsonNode? Body) Create(HttpContext http, string name, FakeSet? there, JsonObject body)
    {
        var made = there ?? new FakeSet(name, body);
        var answer = Scale(http, made, (long)body["sku"]!["capacity"]!, 201);
        if (answer.Status < 400)
            sets[name] = made;
        return answer;
    }

    private (int Status, JsonNode? Body) Scale(HttpContext http, FakeSet set, long capacity, int status)
    {
        var now = clock.GetUtcNow();
        var used = Live().Sum(other => other.Machines.Count) * 4;
        var more = (int)capacity - set.Machines.Count;
        if (used + more * 4 > Quota)
            return Error(409, "OperationNotAllowed", $"Operation could not be completed as it results in exceeding approved quota. Current Limit: {Quota}, Current Usage: {used}, Additional Required: {more * 4}.");
        var given = Math.Min(more, Math.Max(0, RegionHas - used / 4));
        for (var i = 0; i < given; i++)
            set.Machines.Add(new FakeMachine($"{set.NextInstance++}", now, now + Boot));
        set.Capacity = capacity;
        set.BusyUntil = now + Boot;
        set.Failure = given < more ? "AllocationFailed" : null;
        return Accepted(http, set, status, Show(set));
    }

    private (int Status, JsonNode? Body) Remove(HttpContext http, FakeSet set)
    {
        set.GoneAt = clock.GetUtcNow() + Boot;
        return Accepted(http, set, 202, null);
    }

    private (int Status, JsonNode? Body) RemoveMachines(HttpContext http, FakeSet set, IEnumerable<string> ids)
    {
        foreach (var machine in set.Machines.Where(machine => ids.Contains(machine.Id)))
        {
            if (machine.GoneAt is null)
                set.Capacity--;
            machine.GoneAt = clock.GetUtcNow() + Boot;
            machine.DeleteFails = DeletesFail;
        }

        return Accepted(http, set, 202, null);
    }

    private (int Status, JsonNode? Body) Accepted(HttpContext http, FakeSet set, int status, JsonNode? body)
    {
        http.Response.Headers["Azure-AsyncOperation"] = $"{app.Urls.First()}{Operations}{set.Name}?api-version={ArmRules.ApiVersion}";
        return (status, body);
    }

    private (int Status, JsonNode? Body) Operation(string name)
    {
        var set = Live().FirstOrDefault(set => set.Name == name);
        var now = clock.GetUtcNow();
        if (set is not null && now < set.BusyUntil)
            return (200, new JsonObject { ["status"] = "InProgress" });
        return set?.Failure is { } code
            ? (200, new JsonObject { ["status"] = "Failed", ["error"] = new JsonObject { ["code"] = code, ["message"] = "The region has no more." } })
            : (200, new JsonObject { ["status"] = "Succeeded" });
    }

    /// <summary>The sets as of now: what is gone is gone.</summary>
    private List<FakeSet> Live()
    {
        var now = clock.GetUtcNow();
        foreach (var set in sets.Values.ToList())
        {
            set.Machines.RemoveAll(machine => machine.GoneAt <= now && !machine.DeleteFails);
            if (set.GoneAt <= now)
                sets.Remove(set.Name);
        }

        return [.. sets.Values];
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private sealed class FakeCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext context, CancellationToken cancel) => new("token-of-the-test", new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext context, CancellationToken cancel) => ValueTask.FromResult(GetToken(context, cancel));
    }
}
