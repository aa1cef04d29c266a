using System.Text;
using Microsoft.Win32.SafeHandles;
using Signalbox.Effects;
using Signalbox.Lambda;

Func<string, string?> variable = Environment.GetEnvironmentVariable;

if (variable("AWS_LAMBDA_RUNTIME_API") is not { Length: > 0 } host)
{
    using var errors = new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write, bufferSize: 0);
    errors.Write(Encoding.UTF8.GetBytes(
        "bootstrap: AWS_LAMBDA_RUNTIME_API is not set: this program is started by AWS Lambda. On a terminal, use signalbox tell.\n"));
    return 1;
}

using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
var log = new Log(Write, () => DateTimeOffset.UtcNow);
var trust = Roots.Open(variable);
using var api = new RuntimeApi(host);

var (loaded, renewal) = await Start.Settings(variable, AppContext.BaseDirectory, trust, log, () => DateTimeOffset.UtcNow);
if (loaded.Settings is not { } settings) return await Refuse("Signalbox.BadSettings", string.Join("\n", loaded.Problems));

foreach (var warning in loaded.Warnings) log.Doubt(warning);
using var environment = await ExecutionEnvironment.Open(settings, trust, log, variable, renewal);
var opened = await Start.Store(variable, settings, environment.World.Reveal, trust);
if (opened.Why is { } why) return await Refuse("Signalbox.NoStore", why);
return await new Loop(api, settings, environment.World, log, opened.Store) { Renew = environment.Renew }.Serve(CancellationToken.None);

async Task<int> Refuse(string type, string reason)
{
    log.Trouble(null, reason);
    try
    {
        await api.FailToStart(new(type, reason), CancellationToken.None);
    }
    catch (HttpRequestException)
    {
        log.Trouble(null, "the Runtime API cannot be reached");
    }
    return 1;
}

void Write(ReadOnlyMemory<byte> line)
{
    try
    {
        lock (output) output.Write(line.Span);
    }
    catch (IOException)
    {
        // Nobody reads the log any more: no reason to let an alert down.
        return;
    }
}
