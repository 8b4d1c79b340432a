using Microsoft.AspNetCore.Http;

namespace Webhooks.Crash;

/// <summary>What an endpoint answers to an attempt.</summary>
/// <returns>Whether it takes the message, after which another attempt would be a duplicate.</returns>
internal delegate Task<bool> Answer(HttpContext context, Attempt attempt);
