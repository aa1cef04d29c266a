using Signalbox.CloudTests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The stand-in by itself, to be tried by hand: it prints the environment that leads programs of AWS to it, and stays until it is ended.
//   Signalbox.Cloud.Tests stand-in [TOPIC…]
// For profiles with MFA there is the device arn:aws:iam::123456789012:mfa/ada, which always shows 123456; for web identities the token WEB-TOKEN of
// arn:aws:iam::123456789012:oidc-provider/ci.example.
if (args is ["stand-in", .. var topics])
{
    using var aws = new AwsStandin();
    aws.Lambda.UrlsOnLoopback = true;
    aws.Sts.Devices[$"arn:aws:iam::{AwsStandin.Account}:mfa/ada"] = "123456";
    aws.Sts.WebTokens["WEB-TOKEN"] = $"arn:aws:iam::{AwsStandin.Account}:oidc-provider/ci.example";
    foreach (var topic in topics)
    {
        var arn = $"arn:aws:sns:eu-west-1:{AwsStandin.Account}:{topic}";
        aws.Locked(() => aws.Sns.Topics[arn] = new() { Arn = arn });
    }
    foreach (var (name, value) in aws.Environment) Console.WriteLine($"export {name}='{value}'");
    Console.Out.Flush();
    await Task.Delay(Timeout.Infinite);
}

return args.Any(arg => arg is "-automated" or "@@")
    ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
