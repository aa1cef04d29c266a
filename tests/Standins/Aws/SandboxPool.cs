using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>The environments of all functions: one for each call at a time, kept for the next one.</summary>
internal sealed class SandboxPool(AwsStandin aws) : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("signalbox-sandboxes-");
    private readonly ConcurrentDictionary<string, string> folders = new();
    private readonly List<(string Key, Sandbox Sandbox)> idle = [];
    private readonly List<Sandbox> all = [];
    private readonly Dictionary<Sandbox, (string Stream, StringBuilder Log)> logs = [];
    private bool isOver;

    /// <summary>How many were ever started.</summary>
    public int Started { get; private set; }

    /// <summary>How many there were at once, at most.</summary>
    public int Most { get; private set; }

    /// <summary>The ids of the processes that there are.</summary>
    public IReadOnlyList<int> Pids
    {
        get { lock (all) return [.. all.Select(sandbox => sandbox.Pid)]; }
    }

    public async Task<LambdaOutcome> Run(LambdaInvocation invocation)
    {
        var version = invocation.Version;
        var key = $"{invocation.Function.Arn}:{version.Number}:{version.Text("RevisionId")}";
        var (sandbox, isNew) = Take(key, invocation);
        if (sandbox is null)
        {
            var words = $"RequestId: {invocation.Id} Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]";
            return new(Encoding.UTF8.GetBytes($$"""{"errorType":"Runtime.InvalidEntrypoint","errorMessage":"{{words}}"}"""), "Unhandled", "");
        }
        var (stream, log) = logs[sandbox];
        Line(invocation, stream, log, $"START RequestId: {invocation.Id} Version: {version.Number}\n");
        var (payload, error, took) = await sandbox.Serve(invocation, TimeSpan.FromSeconds(int.Parse(version.Text("Timeout"), null)));
        var start = isNew && sandbox.Started is { } started ? started.TotalMilliseconds : 0;
        Line(invocation, stream, log, $"END RequestId: {invocation.Id}\n");
        Line(invocation, stream, log, string.Create(CultureInfo.InvariantCulture,
            $"REPORT RequestId: {invocation.Id}\tDuration: {took.TotalMilliseconds:0.00} ms\tBilled Duration: {Math.Ceiling(took.TotalMilliseconds + start)} ms\tMemory Size: {version.Text("MemorySize")} MB\tMax Memory Used: {sandbox.MostMemory} MB\t{(start > 0 ? $"Init Duration: {start:0.00} ms\t" : "")}{Status(sandbox, payload)}\n"));
        string text;
        lock (log) text = log.ToString();
        aws.Metrics.Count("AWS/Lambda", "Duration", invocation.Function.Name, took.TotalMilliseconds);
        Back(key, sandbox);
        return new(payload, error, text);
    }

    /// <summary>How a process ended that Lambda ended, or that ended by itself; a function that says it failed lives on.</summary>
    private static string Status(Sandbox sandbox, byte[] payload) => !sandbox.IsGone ? ""
        : JsonNode.Parse(payload)?["errorType"]?.ToString() switch
        {
            "Sandbox.Timedout" => "Status: timeout",
            { } type => $"Status: error\tError Type: {type}",
            null => "",
        };

    public void Dispose()
    {
        lock (all)
        {
            isOver = true;
            foreach (var sandbox in all) sandbox.Dispose();
        }
        root.Delete(recursive: true);
    }

    private (Sandbox? Sandbox, bool IsNew) Take(string key, LambdaInvocation invocation)
    {
        lock (all)
        {
            ObjectDisposedException.ThrowIf(isOver, this);
            if (idle.FindIndex(one => one.Key == key) is >= 0 and var at)
            {
                var kept = idle[at].Sandbox;
                idle.RemoveAt(at);
                lock (logs[kept].Log) logs[kept].Log.Clear();
                return (kept, false);
            }
        }
        var folder = folders.GetOrAdd(invocation.Version.Text("CodeSha256"), _ => Unzipped(invocation.Version));
        if (!File.Exists(Path.Combine(folder, "bootstrap"))) return (null, false);
        var stream = $"{aws.Now():yyyy/MM/dd}/[{invocation.Version.Number}]{Guid.NewGuid():N}";
        var log = new StringBuilder();
        var sandbox = new Sandbox(folder, Variables(invocation, stream, folder), int.Parse(invocation.Version.Text("MemorySize"), null), line => Line(invocation, stream, log, line));
        lock (all)
        {
            Started++;
            all.Add(sandbox);
            logs[sandbox] = (stream, log);
            Most = Math.Max(Most, all.Count);
        }
        return (sandbox, true);
    }

    private void Back(string key, Sandbox sandbox)
    {
        lock (all)
        {
            if (isOver) return;
            if (!sandbox.IsGone)
            {
                idle.Add((key, sandbox));
                return;
            }
            all.Remove(sandbox);
        }
        sandbox.Dispose();
    }

    private string Unzipped(LambdaVersion version)
    {
        var folder = root.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        // Lambda keeps the rights that the zip gives, and so does this.
        using var zip = new ZipArchive(new MemoryStream(version.Zip));
        zip.ExtractToDirectory(folder.FullName);
        return folder.FullName;
    }

    private Dictionary<string, string> Variables(LambdaInvocation invocation, string stream, string folder)
    {
        var (version, arn) = (invocation.Version, invocation.Function.Arn);
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin/:/bin:/opt/bin",
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",
            ["LAMBDA_TASK_ROOT"] = folder,
            ["LAMBDA_RUNTIME_DIR"] = "/var/runtime",
            ["_HANDLER"] = version.Text("Handler"),
            ["AWS_REGION"] = arn.Split(':')[3],
            ["AWS_DEFAULT_REGION"] = arn.Split(':')[3],
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_LAMBDA_FUNCTION_NAME"] = invocation.Function.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = version.Number,
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = version.Text("MemorySize"),
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = Group(version),
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = stream,
            // What Lambda has not: the way to the stand-in instead of to AWS.
            ["AWS_ENDPOINT_URL"] = aws.Address,
        };
        if (aws.Iam.ByArn(version.Text("Role")) is { } role)
        {
            var session = aws.Locked(() => aws.Sts.Session(role, invocation.Function.Name, TimeSpan.FromHours(12)));
            (variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"], variables["AWS_SESSION_TOKEN"]) = (session.Key, session.Secret, session.Token!);
        }
        foreach (var (name, value) in version.Environment) variables[name] = value;
        return variables;
    }

    private static string Group(LambdaVersion version) => version.Configuration["LoggingConfig"]?["LogGroup"]?.GetValue<string>() ?? $"/aws/lambda/{version.Text("FunctionName")}";

    /// <summary>A line goes to the tail of the answer, and to the group where the role lets it.</summary>
    private void Line(LambdaInvocation invocation, string stream, StringBuilder log, string line)
    {
        lock (log) log.Append(line);
        var arn = $"{string.Join(':', invocation.Function.Arn.Split(':')[..5]).Replace(":lambda:", ":logs:", StringComparison.Ordinal)}:log-group:{Group(invocation.Version)}";
        aws.Locked(() =>
        {
            var role = invocation.Version.Text("Role");
            if (!aws.Iam.Allows(role, "logs:PutLogEvents", $"{arn}:log-stream:{stream}") || !aws.Iam.Allows(role, "logs:CreateLogStream", $"{arn}:log-stream:{stream}")) return;
            if (!aws.Logs.Groups.ContainsKey(arn) && !aws.Iam.Allows(role, "logs:CreateLogGroup", $"{arn}:*")) return;
            aws.Logs.Write(aws.Logs.Made(arn), stream, line);
        });
    }
}
