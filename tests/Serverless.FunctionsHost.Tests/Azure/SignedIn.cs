using System.Text;

namespace Serverless.FunctionsHost.Tests.Azure;

/// <summary>A person whom App Service's own sign-in has let in.</summary>
internal static class SignedIn
{
    /// <summary>The settings with which its header is believed.</summary>
    public static IReadOnlyDictionary<string, string> Settings(IReadOnlyDictionary<string, string> settings) =>
        new Dictionary<string, string>(settings) { ["SERVERLESS_EASY_AUTH"] = "true", ["WEBSITE_AUTH_ENABLED"] = "True" };

    /// <summary>A call of somebody with a role.</summary>
    public static HttpRequestMessage As(string role, HttpMethod method, string path)
    {
        var principal = $$"""{"auth_typ":"aad","role_typ":"roles","claims":[{"typ":"oid","val":"someone"},{"typ":"roles","val":"{{role}}"}]}""";
        var call = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        call.Headers.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)));
        return call;
    }
}
