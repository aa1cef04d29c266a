using System.Text;
using Signalbox.Aws;
using Signalbox.Aws.Cloud;
using Signalbox.Cli;
using Signalbox.Cli.Projects;
using Signalbox.Effects;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8, 16 * 1024) { NewLine = "\n" };
using var errors = new StreamWriter(Console.OpenStandardError(), utf8) { NewLine = "\n", AutoFlush = true };
Outside? outside = null;
Wire? wire = null;
// Never disposed: a second Ctrl-C may come while the process ends.
var interrupted = new CancellationTokenSource();

SignIn.Register();
var shell = new Shell
{
    Out = output,
    Error = errors,
    In = Console.OpenStandardInput,
    AsksPerson = !Console.IsInputRedirected,
    AskHidden = Hidden,
    Ask = words =>
    {
        errors.Write(words);
        return Console.ReadLine();
    },
    OutBytes = Console.OpenStandardOutput,
    IsConsole = true,
    Columns = Console.IsOutputRedirected ? null : Width(),
    Variable = Environment.GetEnvironmentVariable,
    Folder = Environment.CurrentDirectory,
    Beside = AppContext.BaseDirectory,
    Open = (settings, show) => (outside = Outside.Open(settings, Roots.Open(Environment.GetEnvironmentVariable), show,
        ask: send => AwsAnswers.Open(settings.Lookups, send, () => DateTimeOffset.UtcNow, Environment.GetEnvironmentVariable),
        vault: send => AwsVault.Open(send, () => DateTimeOffset.UtcNow, Environment.GetEnvironmentVariable, settings.Lookups.Endpoint))).World,
    Cloud = Cloud,
    FindTopics = (region, profile) => ExistingTopics.Find(Cloud(), Environment.GetEnvironmentVariable, region, profile, errors),
    Stop = () =>
    {
        // The first Ctrl-C ends what is under way in good order, the second one the process.
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = !interrupted.IsCancellationRequested;
            interrupted.Cancel();
        };
        return interrupted.Token;
    },
};

try
{
    return await Tool.Run(args, shell);
}
catch (IOException)
{
    // Nobody reads the output any more, as in: signalbox explain ... | head.
    return Exit.Fine;
}
catch (Exception fault)
{
    var name = fault.GetType().Name;
    errors.WriteLine($"signalbox: something unexpected happened ({name}). Please report it with the command that you typed.");
    return Exit.Failed;
}
finally
{
    outside?.Dispose();
    wire?.Dispose();
    Flush();
}

CloudWorld Cloud() => new() { Send = (wire ??= new(new(Roots.Open(Environment.GetEnvironmentVariable)))).Send };

void Flush()
{
    try
    {
        output.Flush();
    }
    catch (IOException)
    {
        // A closed pipe again.
        return;
    }
}

string Hidden(string words)
{
    errors.Write(words);
    var typed = new StringBuilder();
    while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
    {
        if (key.Key is ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
        else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
    }
    errors.WriteLine();
    return typed.ToString();
}

static int Width()
{
    try
    {
        return Console.WindowWidth is > 0 and var columns ? columns : 80;
    }
    catch (IOException)
    {
        return 80;
    }
}
