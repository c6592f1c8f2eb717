using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;

namespace Serverless.Infra.Azure.Documents;

/// <summary>Entity Group Transactions: requests as the parts of one multipart body (OData 3, batch processing).</summary>
internal static partial class TableBatch
{
    private const string Batch = "batch_5f2b1d0e";
    private const string ChangeSet = "changeset_5f2b1d0e";

    /// <summary>The request that makes all of some requests, or none. The bodies are JSON without line breaks, so no boundary can stand in one.</summary>
    public static TableRequest Write(string address, IReadOnlyList<TableRequest> requests)
    {
        using var body = new MemoryStream();
        void Line(string text) => body.Write(Encoding.UTF8.GetBytes(text + "\r\n"));
        Line($"--{Batch}");
        Line($"Content-Type: multipart/mixed; boundary={ChangeSet}");
        Line("");
        foreach (var request in requests)
        {
            Line($"--{ChangeSet}");
            Line("Content-Type: application/http");
            Line("Content-Transfer-Encoding: binary");
            Line("");
            Line($"{request.Method} {request.Address} HTTP/1.1");
            foreach (var (name, value) in request.Headers)
                Line($"{name}: {value}");
            Line("");
            body.Write(request.Body ?? []);
            Line("");
        }

        Line($"--{ChangeSet}--");
        Line($"--{Batch}--");
        return new TableRequest(RequestMethod.Post, address, null, body.ToArray()) { BodyType = $"multipart/mixed; boundary={Batch}" };
    }

    /// <summary>The part that failed, by which nothing has changed; null when none did.</summary>
    public static (int Status, string Code)? Read(BinaryData body)
    {
        var text = body.ToString();
        foreach (Match line in StatusLine().Matches(text))
        {
            var status = int.Parse(line.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            if (status >= 300)
                return (status, ErrorCode().Match(text, line.Index) is { Success: true } code ? code.Groups[1].Value : "");
        }

        return null;
    }

    [GeneratedRegex(@"^HTTP/1\.1 (\d{3})", RegexOptions.Multiline)]
    private static partial Regex StatusLine();

    [GeneratedRegex("\"code\"\\s*:\\s*\"([A-Za-z]{1,64})\"")]
    private static partial Regex ErrorCode();
}
