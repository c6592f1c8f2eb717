using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;

namespace Serverless.Cli.Endpoints;

/// <summary><c>predict</c>.</summary>
internal static class PredictCommand
{
    /// <summary>Largest input in bytes: what goes over the wire in one call. More rows go in several calls.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    public static Command Make(CommandBuilder build)
    {
        var endpoint = CommandBuilder.Argument("ENDPOINT", "The endpoint that answers.");
        var file = CommandBuilder.Option("--file", "PATH", "Rows: CSV with a header, or JSON if the name ends in .json. '-' is stdin, as CSV.");
        var rows = CommandBuilder.Several("--row", "COLUMN=VALUE,…", "One row; may be given several times. A value with a comma goes in \"quotes\".");
        var json = CommandBuilder.Option("--json", "JSON", "A row as a JSON object, or rows as an array of them.");
        return build.Make("predict", "Ask an endpoint for predictions.", [endpoint, file, rows, json], async run =>
        {
            var (path, typed, text) = (run.Get(file), run.Get(rows) ?? [], run.Get(json));
            if ((path is null ? 0 : 1) + (typed.Length > 0 ? 1 : 0) + (text is null ? 0 : 1) != 1)
                throw CliException.Usage("Rows come from exactly one of --file, --row and --json.", "For example: serverless predict digits --file rows.csv");
            var answer = await run.Output.WhileAsync($"Asking '{run.Get(endpoint)}'", async _ =>
                path is not null ? await FromFileAsync(run, run.Get(endpoint), path)
                : text is not null ? await run.Client.Endpoints.PredictJsonAsync(run.Get(endpoint), RowsOf(Encoding.UTF8.GetBytes(text), "--json"), run.Cancel)
                : await run.Client.Endpoints.PredictAsync(run.Get(endpoint), [.. typed.Select(RowText.Parse)], run.Cancel));
            if (run.Output.IsJson)
                run.Output.Json(answer, ContractsJson.Default.PredictResponse);
            else
                Show(run.Output, answer);
            return ExitCode.Ok;
        });
    }

    private static async Task<PredictResponse> FromFileAsync(Invocation run, string endpoint, string path)
    {
        var bytes = await ReadAsync(run, path);
        return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? await run.Client.Endpoints.PredictJsonAsync(endpoint, RowsOf(bytes, path), run.Cancel)
            : await run.Client.Endpoints.PredictCsvAsync(endpoint, bytes, run.Cancel);
    }

    private static async Task<byte[]> ReadAsync(Invocation run, string path)
    {
        try
        {
            await using var source = path == "-" ? run.Io.In() : File.OpenRead(Path.GetFullPath(path, run.Io.Folder));
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = await source.ReadAsync(buffer, run.Cancel)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxBytes)
                    throw CliException.Usage($"'{path}' has more than {Words.Bytes(MaxBytes)}, the limit of one call.", "Split it.");
            }

            return bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"'{path}' cannot be read: {e.Message}", "Give the path of a CSV or JSON file.");
        }
    }

    /// <summary>An object is one row, an array is rows, <c>{"rows": […]}</c> is the request itself.</summary>
    private static ReadOnlyMemory<byte> RowsOf(byte[] json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var text = document.RootElement.GetRawText();
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Array => Encoding.UTF8.GetBytes($"{{\"rows\":{text}}}"),
                JsonValueKind.Object when document.RootElement.TryGetProperty("rows", out var rows) && rows.ValueKind == JsonValueKind.Array => json,
                JsonValueKind.Object => Encoding.UTF8.GetBytes($"{{\"rows\":[{text}]}}"),
                _ => throw CliException.Usage($"{where} is no JSON object and no array.", "Give a row such as {\"a\": 1}, or an array of them."),
            };
        }
        catch (JsonException e)
        {
            throw CliException.Usage($"{where} is not JSON: {e.Message}", "Give a row such as {\"a\": 1}, or an array of them.");
        }
    }

    private static void Show(Output output, PredictResponse answer)
    {
        var table = new TextTable("ROW>", "LABEL*", "PROBABILITY>", "OUTPUTS*");
        for (var i = 0; i < answer.Predictions.Count; i++)
        {
            var prediction = answer.Predictions[i];
            var label = Label(prediction);
            var probability = label is not null && prediction.Probabilities?.TryGetValue(label, out var p) == true ? p.ToString("0.0000", CultureInfo.InvariantCulture) : null;
            table.Row((i + 1).ToString(CultureInfo.InvariantCulture), label, probability, prediction.Outputs is { } outputs ? string.Join(' ', outputs.Select(pair => $"{pair.Key}={pair.Value.GetRawText()}")) : null);
        }

        output.Table(table);
        output.Talk($"{answer.Predictions.Count} prediction(s) by {answer.Model}.");
    }

    /// <summary>The label as text; null when the model gives none.</summary>
    internal static string? Label(Prediction prediction) => prediction.Label switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
        null => null,
    };
}
