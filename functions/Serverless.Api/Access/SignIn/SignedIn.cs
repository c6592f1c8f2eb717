namespace Serverless.Api.Access.SignIn;

/// <summary>What a checked token says.</summary>
/// <param name="ObjectId">The account or identity.</param>
/// <param name="Roles">The application's roles that it was given.</param>
/// <param name="IdentityResource">A managed identity's resource id (claim <c>xms_mirid</c>).</param>
/// <param name="MachineResource">The resource that asked for the token (claim <c>xms_az_rid</c>), where Azure says it.</param>
/// <param name="IsApplication">Whether it is an identity of a program, not a person's.</param>
public sealed record SignedIn(string ObjectId, IReadOnlyList<string> Roles, string? IdentityResource, string? MachineResource, bool IsApplication);
