using Microsoft.Extensions.Logging;

namespace Webhooks.Tests;

/// <summary>A logger that throws whatever it is asked to write.</summary>
internal sealed class BrokenLogger : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => throw new IOException("no room for logs");
}
