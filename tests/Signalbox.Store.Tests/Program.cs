using Signalbox.StoreTests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

if (args is [Victim.Verb, var spec, var name]) return await Victim.Run(spec, name);
if (args is [Victim.Holder, var held, _]) return await Victim.Hold(held);

return args.Any(arg => arg is "-automated" or "@@")
    ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
