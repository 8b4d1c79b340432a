using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Webhooks;

/// <summary>A user name and a password accepted as basic authorization.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class WebhookBasicCredential
{
    /// <summary>Makes a credential.</summary>
    /// <param name="userName">The user's name; it has no colon.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="ArgumentException"><paramref name="userName"/> is empty or has a colon, or
    /// <paramref name="password"/> is empty.</exception>
    public WebhookBasicCredential(string userName, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(userName);
        ArgumentException.ThrowIfNullOrEmpty(password);
        if (userName.Contains(':', StringComparison.Ordinal))
            throw new ArgumentException("A user name for basic authorization can't have a colon.", nameof(userName));

        UserName = userName;
        Password = password;
    }

    /// <summary>The user's name.</summary>
    public string UserName { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never), JsonIgnore]
    internal string Password { get; }

    /// <summary>The user's name, never the password.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() => $"{UserName}:***";
}
