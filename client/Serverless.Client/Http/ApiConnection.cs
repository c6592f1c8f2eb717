using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Client.Errors;

namespace Serverless.Client.Http;

/// <summary>Sends calls, again where that is safe, and turns refusals into exceptions.</summary>
internal sealed class ApiConnection : IDisposable
{
    private readonly HttpClient http;
    private readonly ServerlessClientOptions options;
    private readonly RetryRule retry;

    public ApiConnection(ServerlessClientOptions options)
    {
        if (!options.Address.IsAbsoluteUri || options.Address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"'{options.Address}' is no http or https address. Give one such as 'http://127.0.0.1:7077'.", nameof(options));
        if (options.Attempts is < 1 or > 10)
            throw new ArgumentException($"{nameof(options.Attempts)} is {options.Attempts}; it must be 1 to 10.", nameof(options));
        this.options = options;
        retry = new RetryRule(options);
        http = new HttpClient(options.Handler ?? NewHandler(options.Address), disposeHandler: options.Handler is null)
        {
            BaseAddress = options.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("serverless-client", typeof(ApiConnection).Assembly.GetName().Version!.ToString(3)));
        if (options.Key is { Length: > 0 } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Uri Address => options.Address;

    public TimeProvider Clock => options.Clock;

    public void Dispose() => http.Dispose();

    /// <summary>Sends a call and reads its answer as JSON.</summary>
    public async Task<T> ReadAsync<T>(ApiCall call, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var response = await SendAsync(call, cancel);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            return await JsonSerializer.DeserializeAsync(body, type, cancel)
                ?? throw new ServerlessApiException(Refusal.Unexpected(response, "The answer is empty."));
        }
        catch (JsonException e)
        {
            throw new ServerlessApiException(Refusal.Unexpected(response, $"The answer is not what this client reads: {e.Message}"));
        }
        catch (Exception e) when (IsNetwork(e))
        {
            throw Unreachable(call, e);
        }
    }

    /// <summary>Sends a call whose answer has nothing to read.</summary>
    public async Task DoAsync(ApiCall call, CancellationToken cancel)
    {
        using var response = await SendAsync(call, cancel);
    }

    /// <summary>Sends a call until it is answered or another attempt would be wrong; the answer's body is not read yet.</summary>
    public async Task<HttpResponseMessage> SendAsync(ApiCall call, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            cancel.ThrowIfCancellationRequested();
            TimeSpan? wait;
            try
            {
                var response = await SendOnceAsync(call, cancel);
                if (response.IsSuccessStatusCode || call.Accepts.Contains(response.StatusCode))
                    return response;
                wait = retry.After(call, response, attempt);
                using (response)
                {
                    if (wait is null)
                        throw new ServerlessApiException(await Refusal.ReadAsync(response, cancel));
                }
            }
            catch (Exception e) when (IsNetwork(e) && !cancel.IsCancellationRequested)
            {
                wait = retry.After(call, e, attempt) ?? throw Unreachable(call, e);
            }

            await Task.Delay(wait.Value, options.Clock, cancel);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiCall call, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(call.Method, call.Path) { Content = call.Body?.Invoke() };
        if (call.Header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        if (call.ExtraTime == Timeout.InfiniteTimeSpan)
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);

        using var late = new CancellationTokenSource(options.Timeout + call.ExtraTime, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer came within {(options.Timeout + call.ExtraTime).TotalSeconds:0} s.");
        }
    }

    /// <summary>No redirects, so that the key goes to nobody else; no proxy for this machine's own addresses.</summary>
    private static SocketsHttpHandler NewHandler(Uri address) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !address.IsLoopback,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    internal static bool IsNetwork(Exception e) => e is HttpRequestException or IOException or TimeoutException;

    private HostUnreachableException Unreachable(ApiCall call, Exception e) => new(
        $"No answer from '{options.Address}' to {call.Method} {call.Path}: {e.Message} Check that the host runs ('serverless up' starts one) and that the address is right.", e);
}
