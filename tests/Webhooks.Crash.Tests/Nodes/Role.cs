namespace Webhooks.Crash;

/// <summary>What a node does.</summary>
internal enum Role
{
    Publisher,
    Dispatcher,
    Both,
}
