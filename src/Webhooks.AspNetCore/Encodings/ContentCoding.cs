namespace Webhooks;

/// <summary>How a body may be packed.</summary>
internal enum ContentCoding
{
    Gzip,
    Deflate,
    Brotli,
}
