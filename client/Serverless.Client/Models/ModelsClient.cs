using System.Globalization;
using Serverless.Client.Errors;
using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Models;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Models;

/// <summary>The model registry.</summary>
public sealed class ModelsClient
{
    private readonly ApiConnection connection;

    internal ModelsClient(ApiConnection connection) => this.connection = connection;

    /// <summary>The newest version of each model.</summary>
    public Task<Page<ModelVersion>> ListAsync(PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Models, [], Paging.Parameters(page)), ContractsJson.Default.ModelPage, cancel);

    /// <summary>The versions of a model, newest first.</summary>
    public Task<Page<ModelVersion>> VersionsAsync(string name, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.ModelVersions, [name], Paging.Parameters(page)), ContractsJson.Default.ModelPage, cancel);

    /// <summary>One version.</summary>
    public Task<ModelVersion> GetAsync(string name, int version, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.ModelVersion, [name, Text(version)]), ContractsJson.Default.ModelVersion, cancel);

    /// <summary>One version by the form <c>name@version</c>, or the newest by <c>name</c>.</summary>
    /// <exception cref="ArgumentException">The version is no number from 1.</exception>
    public async Task<ModelVersion> GetAsync(string reference, CancellationToken cancel = default)
    {
        var at = reference.LastIndexOf('@');
        if (at >= 0)
        {
            return int.TryParse(reference.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
                ? await GetAsync(reference[..at], version, cancel)
                : throw new ArgumentException($"'{reference}' is not of the form name@version with a version from 1, such as 'digits@3'.", nameof(reference));
        }

        var newest = await VersionsAsync(reference, new PageRequest { Limit = 1 }, cancel);
        return newest.Items.Count > 0
            ? newest.Items[0]
            : throw new ServerlessApiException(new Contracts.Problems.Problem
            {
                Title = "Not found",
                Status = 404,
                Code = Contracts.Problems.ProblemCodes.NotFound,
                Detail = $"There is no model '{reference}'.",
                Cure = "'serverless model list' shows the models.",
            });
    }

    /// <summary>The ONNX file of a version, as it comes.</summary>
    public async Task<Stream> OpenFileAsync(string name, int version, CancellationToken cancel = default) =>
        await (await connection.SendAsync(ApiCall.Get(Routes.ModelFile, [name, Text(version)]), cancel)).Content.ReadAsStreamAsync(cancel);

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
