namespace Serverless.Api.Routing;

/// <summary>Who may call a route. There is no "nobody said": each route names one of these.</summary>
public enum RouteAccess
{
    /// <summary>A caller with the scope <c>read</c>: looks at everything, changes nothing.</summary>
    Read,

    /// <summary>A caller with the scope <c>submit</c>: brings data and jobs.</summary>
    Submit,

    /// <summary>A caller with the scope <c>deploy</c>: changes endpoints and triggers.</summary>
    Deploy,

    /// <summary>A caller with the scope <c>predict</c>: asks endpoints.</summary>
    Predict,

    /// <summary>A caller with the scope <c>manage</c>: makes and revokes keys, sets budgets.</summary>
    Manage,

    /// <summary>A node's own token; the node then acts on jobs that it holds, and on no others.</summary>
    Node,

    /// <summary>An address that proves itself by its signature, for one path and one verb.</summary>
    Signature,

    /// <summary>Anybody: says nothing about anyone's data.</summary>
    Anonymous,
}
