namespace Gateway.ControlPlane.Access;

/// <summary>What became of a credential.</summary>
/// <param name="Principal">Null where it was refused.</param>
/// <param name="Problem">Why it was refused, without the credential; null where it was not.</param>
/// <param name="Unavailable">True where nobody can tell now: who issued it does not answer.</param>
internal sealed record AuthenticationResult(Principal? Principal, string? Problem = null, bool Unavailable = false)
{
    public static AuthenticationResult Of(Principal principal) => new(principal);

    public static AuthenticationResult Refused(string problem) => new(Principal: null, problem);

    public static AuthenticationResult CannotTell(string problem) => new(Principal: null, problem, Unavailable: true);
}
