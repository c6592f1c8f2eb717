using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;

namespace Serverless.Api.EndpointHosts;

/// <summary>Speaks to the inference app. It may be waking from zero: the first answer takes its time.</summary>
/// <param name="http">The client, with the app's address and a time-out.</param>
/// <param name="key">Proves who speaks.</param>
internal sealed class RemoteInference(HttpClient http, LinkKey key)
{
    /// <summary>Longest problem document that is read.</summary>
    private const int MaxProblemBytes = 64 * 1024;

    /// <summary>Sends a request; the caller disposes of the answer.</summary>
    /// <exception cref="ServerlessException"><c>unavailable</c> when the app does not answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await key.GetAsync(cancel));
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ServerlessException(ProblemCodes.Unavailable, $"The inference app at '{http.BaseAddress}' did not answer: {error.Message}", "Try again; see that the app runs.", retryable: true);
        }
    }

    /// <summary>Calls and reads the answer.</summary>
    /// <exception cref="ServerlessException">What the app said is wrong.</exception>
    public async Task<T> CallAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> json, CancellationToken cancel)
        where T : class
    {
        using var response = await CallAsync(method, path, cancel);
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, json, cancel) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException error)
        {
            throw Odd($"'{path}' is not what was expected: {error.Message}");
        }
    }

    /// <summary>Calls; the caller disposes of the answer, which is a good one.</summary>
    public async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        var response = await SendAsync(request, cancel);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await ProblemAsync(response, path, cancel);
    }

    private static async Task<ServerlessException> ProblemAsync(HttpResponseMessage response, string path, CancellationToken cancel)
    {
        var buffer = new byte[MaxProblemBytes];
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        try
        {
            if (JsonSerializer.Deserialize(buffer.AsSpan(0, length), ContractsJson.Default.Problem) is { } problem)
                return new ServerlessException(problem.Code, problem.Detail ?? problem.Title, problem.Cure, problem.Retryable, errors: problem.Errors);
        }
        catch (JsonException)
        {
            // A gateway's page.
        }

        return Odd($"'{path}' has the status {(int)response.StatusCode}");
    }

    private static ServerlessException Odd(string what) =>
        new(ProblemCodes.Unavailable, $"The inference app's answer to {what}.", "See that both apps are of the same version; try again.", retryable: true);
}
