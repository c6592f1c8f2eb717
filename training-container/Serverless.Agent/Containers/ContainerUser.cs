using System.Globalization;

namespace Serverless.Agent.Containers;

/// <summary>The user that a program has in its container; never root.</summary>
/// <param name="User">The user's number.</param>
/// <param name="Group">The group's number.</param>
internal readonly record struct ContainerUser(uint User, uint Group)
{
    /// <summary>Whom programs run as when the agent itself is root: a number that no package gives to anybody (distributions number people from 1000 and system users below; 65534 is nobody's, which others share).</summary>
    public static readonly ContainerUser Nonroot = new(65532, 65532);

    /// <summary>The program's user is the agent's own, so that both can read and remove each other's files; if the agent is root, <see cref="Nonroot"/>.</summary>
    public static ContainerUser For(uint user, uint group) => user == 0 ? Nonroot : new ContainerUser(user, group == 0 ? Nonroot.Group : group);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{User}:{Group}");
}
