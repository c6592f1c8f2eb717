using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Serverless.Agent.Metadata;

/// <summary>
/// The instance metadata service of an Azure machine: who it is, what will happen to it, and its identity's tokens. Plain HTTP to an address that only the machine itself reaches.
/// A call is bounded in time and bytes; whoever calls decides about another try.
/// </summary>
internal sealed class InstanceMetadata : IDisposable
{
    private const string InstanceQuery = "/metadata/instance/compute?api-version=2021-02-01";
    private const string EventsQuery = "/metadata/scheduledevents?api-version=2020-07-01";
    private const string TokenQuery = "/metadata/identity/oauth2/token?api-version=2018-02-01";
    private const int MaxBytes = 256 * 1024;

    private readonly HttpClient http;
    private readonly TimeProvider clock;

    /// <summary>Nothing is asked yet.</summary>
    public InstanceMetadata(Uri address, TimeProvider clock)
    {
        this.clock = clock;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxBytes,
        };
    }

    /// <summary>Who this machine is.</summary>
    /// <exception cref="MetadataFailure">It does not say.</exception>
    public Task<InstanceIdentity> InstanceAsync(TimeSpan limit, CancellationToken cancel) => AskAsync(InstanceQuery, null, InstanceIdentity.Parse, limit, cancel);

    /// <summary>What will happen to this machine, and to others of its set. The first call of a machine's life may take two minutes.</summary>
    /// <exception cref="MetadataFailure">It does not say.</exception>
    public Task<IReadOnlyList<ScheduledEvent>> EventsAsync(TimeSpan limit, CancellationToken cancel) => AskAsync(EventsQuery, null, ScheduledEvent.ParseAll, limit, cancel);

    /// <summary>Says that an event may happen now.</summary>
    /// <exception cref="MetadataFailure">It was not heard.</exception>
    public Task AcknowledgeAsync(string eventId, TimeSpan limit, CancellationToken cancel) =>
        AskAsync(EventsQuery, $"{{\"StartRequests\":[{{\"EventId\":\"{JsonEncodedText.Encode(eventId)}\"}}]}}", _ => true, limit, cancel);

    /// <summary>A token of the machine's managed identity.</summary>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="client">Which identity, when the machine has several; null: the only one.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="MetadataFailure">There is none.</exception>
    public Task<IdentityToken> TokenAsync(string audience, string? client, TimeSpan limit, CancellationToken cancel)
    {
        var query = $"{TokenQuery}&resource={Uri.EscapeDataString(audience)}{(client is null ? "" : $"&client_id={Uri.EscapeDataString(client)}")}";
        return AskAsync(query, null, json => IdentityToken.Parse(json, clock.GetUtcNow()), limit, cancel);
    }

    public void Dispose() => http.Dispose();

    private async Task<T> AskAsync<T>(string query, string? body, Func<string, T> read, TimeSpan limit, CancellationToken cancel)
    {
        var what = query.Split('?')[0];
        using var over = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancel);
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, query);
        // The service refuses calls without this header: a page or a program that is made to fetch an address cannot set it.
        request.Headers.Add("Metadata", "true");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var response = await http.SendAsync(request, both.Token);
            return response.IsSuccessStatusCode
                ? read(await response.Content.ReadAsStringAsync(both.Token))
                : throw new MetadataFailure($"{what} answered HTTP {(int)response.StatusCode}.");
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new MetadataFailure(FormattableString.Invariant($"{what} did not answer within {limit.TotalSeconds:0} s."), late);
        }
        catch (Exception broken) when (broken is HttpRequestException or JsonException or IOException)
        {
            // A token's text could stand in a parser's message; so only the kind of trouble is told.
            throw new MetadataFailure($"{what} cannot be read ({broken.GetType().Name}).", broken is JsonException ? null : broken);
        }
    }
}
