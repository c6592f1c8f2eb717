using System.Net;
using System.Text;
using Serverless.Contracts;

namespace Serverless.Client.Http;

/// <summary>One request, which can be sent again.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query.</param>
internal sealed record ApiCall(HttpMethod Method, string Path)
{
    /// <summary>Makes the body anew for each attempt; null: none.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Whether sending it twice does no harm. GET, HEAD, PUT and DELETE always may be.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>A header and its value; null: none.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>How much longer than usual the answer may take; infinite for uploads.</summary>
    public TimeSpan ExtraTime { get; init; }

    /// <summary>Error statuses that the caller reads as an answer.</summary>
    public HttpStatusCode[] Accepts { get; init; } = [];

    /// <summary>How often it may be sent; null: as the options say.</summary>
    public int? Attempts { get; init; }

    /// <summary>Whether a second attempt does no harm when it is not known what became of the first.</summary>
    public bool IsRepeatable => MayRepeat || Method == HttpMethod.Get || Method == HttpMethod.Head || Method == HttpMethod.Put || Method == HttpMethod.Delete;

    /// <summary>A call of a route with a query; a parameter whose value is null is left out.</summary>
    public static ApiCall Get(string template, string[] values, params ReadOnlySpan<(string Name, string? Value)> query) =>
        new(HttpMethod.Get, Routes.Fill(template, values) + Query(query));

    private static string Query(ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }
}
