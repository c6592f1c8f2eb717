using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Agent.Options;
using Serverless.Contracts;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Agent.Hosts;

/// <summary>The agent protocol over HTTP. Every call is one request, bounded in time; whoever calls decides about another try.</summary>
internal sealed class HostConnection : IDisposable
{
    private const int MaxProblemBytes = 64 * 1024;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TransferLimit = TimeSpan.FromHours(6);

    private readonly HttpClient http;
    private readonly AgentOptions options;
    private readonly NodeProof proof;

    public HostConnection(AgentOptions options, NodeProof proof)
    {
        this.options = options;
        this.proof = proof;
        http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            BaseAddress = options.Host,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Task<NodeWelcome> HelloAsync(NodeHello hello, CancellationToken cancel) =>
        AskAsync(Routes.AgentHello, hello, ContractsJson.Default.NodeHello, ContractsJson.Default.NodeWelcome, cancel);

    /// <summary>A job, or null when none came within the wait.</summary>
    public async Task<JobTicket?> ClaimAsync(TimeSpan wait, CancellationToken cancel)
    {
        using var limit = Limit(wait + CallLimit, cancel);
        var claim = new ClaimRequest(options.NodeId, wait.TotalSeconds);
        using var response = await SendOwnAsync(HttpMethod.Post, Routes.AgentClaim, Json(claim, ContractsJson.Default.ClaimRequest), limit.Token, cancel);
        return response.StatusCode == HttpStatusCode.NoContent ? null : await ReadAsync(response, ContractsJson.Default.JobTicket, limit.Token);
    }

    public Task<RenewResponse> RenewAsync(string job, int epoch, CancellationToken cancel) =>
        AskAsync(Routes.Fill(Routes.AgentRenew, job), new RenewRequest(options.NodeId, epoch), ContractsJson.Default.RenewRequest, ContractsJson.Default.RenewResponse, cancel);

    /// <summary>Reports; a host may answer as to a renewal, or with nothing.</summary>
    public async Task<RenewResponse?> ReportAsync(string job, AttemptReport report, CancellationToken cancel)
    {
        using var limit = Limit(CallLimit, cancel);
        using var response = await SendOwnAsync(HttpMethod.Post, Routes.Fill(Routes.AgentReport, job), Json(report, ContractsJson.Default.AttemptReport), limit.Token, cancel);
        return response.StatusCode == HttpStatusCode.OK ? await ReadAsync(response, ContractsJson.Default.RenewResponse, limit.Token) : null;
    }

    /// <summary>Appends log bytes at an offset, and gives the log's length.</summary>
    public async Task<long> AppendLogAsync(string job, int epoch, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        using var limit = Limit(CallLimit, cancel);
        var route = string.Create(CultureInfo.InvariantCulture, $"{Routes.Fill(Routes.AgentLog, job)}?node={Uri.EscapeDataString(options.NodeId)}&epoch={epoch}&offset={offset}");
        var content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var response = await SendOwnAsync(HttpMethod.Put, route, content, limit.Token, cancel);
        return (await ReadAsync(response, ContractsJson.Default.LogAppended, limit.Token)).Length;
    }

    public Task<UploadResponse> AskUploadsAsync(string job, UploadRequest uploads, CancellationToken cancel) =>
        AskAsync(Routes.Fill(Routes.AgentUploads, job), uploads, ContractsJson.Default.UploadRequest, ContractsJson.Default.UploadResponse, cancel);

    public async Task CommitAsync(string job, CheckpointCommit commit, CancellationToken cancel)
    {
        using var limit = Limit(CallLimit, cancel);
        using var response = await SendOwnAsync(HttpMethod.Post, Routes.Fill(Routes.AgentCheckpoint, job), Json(commit, ContractsJson.Default.CheckpointCommit), limit.Token, cancel);
    }

    public async Task LeaveAsync(CancellationToken cancel)
    {
        using var limit = Limit(CallLimit, cancel);
        using var response = await SendOwnAsync(HttpMethod.Delete, Routes.Fill(Routes.AgentNode, options.NodeId), null, limit.Token, cancel);
    }

    /// <summary>Reads a file by its address; the address is its own proof, so no token goes with it.</summary>
    public async Task ReadFileAsync(FileAddress address, Func<Stream, CancellationToken, Task> read, CancellationToken cancel)
    {
        using var limit = Limit(TransferLimit, cancel);
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address.Url), limit.Token, cancel);
        await Guarded("reading a file", async () => await read(await response.Content.ReadAsStreamAsync(limit.Token), limit.Token), cancel);
    }

    /// <summary>Writes a file to its address. The header is what an address of a blob store asks for; a host takes no notice of it.</summary>
    public async Task WriteFileAsync(FileAddress address, HttpContent content, CancellationToken cancel)
    {
        using var limit = Limit(TransferLimit, cancel);
        var request = new HttpRequestMessage(HttpMethod.Put, address.Url) { Content = content, Headers = { { "x-ms-blob-type", "BlockBlob" } } };
        using var response = await SendAsync(request, limit.Token, cancel);
    }

    public void Dispose() => http.Dispose();

    private static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static CancellationTokenSource Limit(TimeSpan limit, CancellationToken cancel)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        source.CancelAfter(limit);
        return source;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            return await JsonSerializer.DeserializeAsync(body, type, cancel) ?? throw new JsonException("The answer is null.");
        }
        catch (Exception wrong) when (wrong is JsonException or IOException)
        {
            throw new HostFailure($"The host's answer to {response.RequestMessage?.RequestUri?.AbsolutePath} cannot be read: {wrong.Message}", inner: wrong);
        }
    }

    private static async Task Guarded(string what, Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await work();
        }
        catch (Exception broken) when (broken is HttpRequestException or HttpIOException)
        {
            throw new HostFailure($"{what} broke off: {broken.Message}", inner: broken);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new HostFailure($"{what} took longer than its limit.", inner: late);
        }
    }

    private static async Task<HostFailure> FailureAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        Problem? problem = null;
        try
        {
            if (response.Content.Headers.ContentLength is null or <= MaxProblemBytes)
                problem = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancel), ContractsJson.Default.Problem);
        }
        catch (Exception unread) when (unread is JsonException or HttpRequestException or IOException)
        {
            // The status alone has to do.
        }

        var retryAfter = response.Headers.RetryAfter?.Delta;
        var words = problem is null ? response.ReasonPhrase : $"{problem.Detail ?? problem.Title} {problem.Cure}".TrimEnd();
        return new HostFailure($"HTTP {(int)response.StatusCode}: {words}", response.StatusCode, problem?.Code, retryAfter);
    }

    /// <summary>An address without its query: a signature is a secret.</summary>
    private static string PathOf(Uri? address) => address?.OriginalString.Split('?')[0] ?? "";

    private async Task<TAnswer> AskAsync<TQuestion, TAnswer>(
        string route, TQuestion question, JsonTypeInfo<TQuestion> questionType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancel)
    {
        using var limit = Limit(CallLimit, cancel);
        using var response = await SendOwnAsync(HttpMethod.Post, route, Json(question, questionType), limit.Token, cancel);
        return await ReadAsync(response, answerType, limit.Token);
    }

    /// <summary>Sends a request with the node's proof. One whose token is refused, while another may be accepted, counts as one that got no answer.</summary>
    private async Task<HttpResponseMessage> SendOwnAsync(HttpMethod method, string route, HttpContent? content, CancellationToken limited, CancellationToken cancel)
    {
        var token = await proof.TokenAsync(cancel);
        var request = new HttpRequestMessage(method, route) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add(AgentProtocol.VersionHeader, AgentProtocol.Version.ToString(CultureInfo.InvariantCulture));
        if (!proof.NamesNode)
            request.Headers.Add(AgentProtocol.NodeHeader, options.NodeId);
        try
        {
            return await SendAsync(request, limited, cancel);
        }
        catch (HostFailure failure) when (failure.Status == HttpStatusCode.Unauthorized && proof.Refused(token))
        {
            throw new HostFailure($"{failure.Message} The token is fetched anew.", inner: failure);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken limited, CancellationToken cancel)
    {
        HttpResponseMessage? response = null;
        await Guarded($"{request.Method} {PathOf(request.RequestUri)}", async () => response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited), cancel);
        if (response!.IsSuccessStatusCode)
            return response;
        using (response)
            throw await FailureAsync(response, limited);
    }
}
