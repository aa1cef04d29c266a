using Signalbox.Aws.Cloud;

namespace Signalbox.Cli.Projects;

/// <summary>Calls a function in AWS and prints what it answers.</summary>
internal static class RemoteCall
{
    /// <summary>The answer goes to results, log and complaints to the other side.</summary>
    /// <returns>Failed when the function itself failed.</returns>
    public static async Task<int> Make(AwsCloud aws, InvokeCall call, Shell shell, CancellationToken stop)
    {
        InvokeAnswer answer;
        try
        {
            answer = await DeployedFunction.Invoke(aws, call, stop);
        }
        catch (CloudException fault) when (fault.IsNotThere)
        {
            shell.Error.WriteLine($"signalbox: function {call.Name} has no alias {call.Qualifier} "
                + $"in {aws.Site.Region} of account {aws.Site.Account}: deploy it first.");
            return Exit.Failed;
        }
        if (answer.Log.Length > 0) shell.Error.WriteLine(answer.Log.TrimEnd());
        if (call.IsAsync)
        {
            shell.Error.WriteLine("signalbox: Lambda has taken it; the answer goes nowhere, failures to where the function's file says.");
            return Exit.Fine;
        }
        shell.Out.WriteLine(answer.Body);
        if (answer.Fault is null) return Exit.Fine;
        var error = Json.Parse(System.Text.Encoding.UTF8.GetBytes(answer.Body)).Value;
        var said = error["errorMessage"u8].Text is { } message ? $": {error["errorType"u8].Text ?? "error"}: {Cut.Line(message, 300)}" : "";
        shell.Error.WriteLine($"signalbox: {call.Name} failed{said}");
        return Exit.Failed;
    }
}
