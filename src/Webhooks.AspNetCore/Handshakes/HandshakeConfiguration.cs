using Microsoft.Extensions.Configuration;

namespace Webhooks;

/// <summary>Binds what handshakes need to know, with a complaint about every key it doesn't know.</summary>
internal static class HandshakeConfiguration
{
    public static void Bind(IConfigurationSection section, WebhookSourceOptions options)
    {
        foreach (var entry in section.GetChildren())
            BindEntry(entry, options);
    }

    private static void BindEntry(IConfigurationSection entry, WebhookSourceOptions options)
    {
        var handshake = options.HandshakeOptions;
        switch (entry.Key.ToUpperInvariant())
        {
            case "TOKEN": handshake.Token = entry.Value; break;
            case "ALLOWEDORIGINS": SourceConfiguration.AddTo(handshake.AllowedOrigins, entry, options); break;
            case "ALLOWEDTOPICS": SourceConfiguration.AddTo(handshake.AllowedTopics, entry, options); break;
            case "CONFIRMSUBSCRIPTIONS":
                handshake.ConfirmSubscriptions = SourceConfiguration.ReadSwitch(entry, options.ConfigurationFailures);
                break;
            default:
                options.ConfigurationFailures.Add(
                    $"'{entry.Path}' is not a setting of a handshake. Correct its name or remove it.");
                break;
        }
    }
}
