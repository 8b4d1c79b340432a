namespace Webhooks;

internal static class CredentialText
{
    /// <summary>Credentials may go in <c>Authorization</c> or in any header that isn't reserved.</summary>
    public static void CheckHeader(string name)
    {
        if (!name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            HeaderRules.Check(name, "");
    }

    public static void CheckToken(string token, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(token, parameterName);
        if (!IsToken(token))
            throw new ArgumentException("A bearer token is visible ASCII without spaces, at least one character.",
                parameterName);
    }

    public static bool IsToken(string token)
        => token.Length > 0 && !token.AsSpan().ContainsAnyExceptInRange('!', '~');
}
