using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Repository.Api.Tests.Hosting;

/// <summary>Keeps every line that a server logs, at every level, with its exceptions.</summary>
internal sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // The lines outlive the server.
    }

    private sealed class Logger(LogCapture capture, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            capture._lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");
    }
}
