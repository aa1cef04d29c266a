using BenchmarkDotNet.Running;
using Signalbox.Bench;

if (args is ["table", .. var only]) SourceTable.Print(only);
else if (args is ["memory"]) DecideBench.PrintMemory(100_000);
else BenchmarkSwitcher.FromAssembly(typeof(RouteBench).Assembly).Run(args);
